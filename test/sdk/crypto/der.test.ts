import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { derToRaw, rawToDer } from '../../../sdk/crypto/der.ts'

describe.each([32, 48])('signatures of 2 × %d bytes', (size) => {
  const raw = fc.uint8Array({ minLength: 2 * size, maxLength: 2 * size })

  test('become DER and come back', () => {
    fc.assert(
      fc.property(raw, (signature) => {
        expect(derToRaw(rawToDer(signature), size)).toEqual(new Uint8Array(signature))
      }),
    )
  })

  test('become the shortest DER that is not negative', () => {
    fc.assert(
      fc.property(raw, (signature) => {
        const der = rawToDer(signature)
        const rLength = der[3] ?? 0
        const numbers = [der.subarray(4, 4 + rLength), der.subarray(6 + rLength)]
        expect(der[1]).toBe(der.length - 2)
        for (const number of numbers) {
          expect(number[0]).toBeLessThan(0x80)
          if (number.length > 1 && number[0] === 0) expect(number[1]).toBeGreaterThanOrEqual(0x80)
        }
      }),
    )
  })

  test('of zeros become two zeros', () => {
    const der = rawToDer(new Uint8Array(2 * size))
    expect([...der]).toEqual([0x30, 6, 2, 1, 0, 2, 1, 0])
  })
})
