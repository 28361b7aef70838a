import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeByTable,
  encodeByTable,
  fromBase64url,
  toBase64url,
} from '../../../sdk/lib/base64url.ts'

const decoders = [
  ['with the platform', fromBase64url],
  ['by the table', decodeByTable],
] as const

describe.each(decoders)('fromBase64url %s', (_, decode) => {
  test('gives back what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decode(toBase64url(bytes))).toEqual(new Uint8Array(bytes))
      }),
    )
  })

  test('takes one text for each byte string only', () => {
    const almost = fc.stringMatching(/^[A-Za-z0-9_+/= \n-]{0,120}$/)
    fc.assert(
      fc.property(almost, (text) => {
        const bytes = decode(text)
        if (bytes !== undefined) expect(encodeByTable(bytes)).toBe(text)
      }),
    )
  })

  const long = 'A'.repeat(80)
  test.each([
    ['padding', `${long}AA==`],
    ['padding inside', `AA==${long}`],
    ['the other alphabet', `${long}+/AA`],
    ['a blank', `${long} AAA`],
    ['a line feed', `${long}\nAAA`],
    ['a length of 4n + 1', `${long}A`],
    ['bits that no byte holds', `${long}AB`],
    ['letters beyond ASCII', `${long}AAAé`],
    ['letters that look like ASCII in one byte', `${long}AAA\u0141`],
    ['short padding', 'AA=='],
    ['short bits that no byte holds', 'AB'],
  ])('refuses %s', (_, text) => {
    expect(decode(text)).toBeUndefined()
  })
})

test('both decoders agree on every text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 60, maxLength: 140 }), (text) => {
      expect(fromBase64url(text) !== undefined).toBe(decodeByTable(text) !== undefined)
    }),
  )
})

test('both encoders agree on every byte string', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(encodeByTable(bytes)).toBe(toBase64url(bytes))
    }),
  )
})

test('encodes a view into a larger buffer by itself', () => {
  const bytes = new Uint8Array([1, 2, 3, 4]).subarray(1, 3)
  expect(toBase64url(bytes)).toBe('AgM')
})
