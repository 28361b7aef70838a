import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, equalBytes, fromHex, toHash, toHex } from '../../../sdk/lib/bytes.ts'

describe('hex', () => {
  test('goes both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(new Uint8Array(bytes))
        expect(fromHex(`0x${toHex(bytes).toUpperCase()}`)).toEqual(new Uint8Array(bytes))
      }),
    )
  })

  test.each(['0', '0x0', 'zz', '0x 1', '0X00'])('refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  })
})

test.each([0, 31, 33])('toHash refuses %d bytes', (length) => {
  expect(() => toHash(new Uint8Array(length))).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID' }),
  )
})

test('concatBytes and equalBytes agree with arrays', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 8 })), (parts) => {
      const joined = concatBytes(...parts)
      expect([...joined]).toEqual(parts.flatMap((part) => [...part]))
      expect(equalBytes(joined, concatBytes(...parts))).toBe(true)
      expect(equalBytes(joined, concatBytes(...parts, Uint8Array.of(0)))).toBe(false)
    }),
  )
})
