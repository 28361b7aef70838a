import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexesOf, isSet, maskOf, wordOf } from '../../../server/anchoring/status-words.ts'

describe('an entry of a status list', () => {
  test.each([
    [0, 0, 255n],
    [255, 0, 0n],
    [256, 1, 255n],
    [131_071, 511, 0n],
  ])('%d lies in word %d at bit %d', (index, word, bit) => {
    expect(wordOf({ index })).toBe(word)
    expect(maskOf({ index })).toBe(1n << bit)
  })

  test('is found again in the mask of its word', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 512, max: 767 })), (indexes) => {
        const mask = indexes.reduce((bits, index) => bits | maskOf({ index }), 0n)
        expect(indexesOf(2, mask)).toEqual([...indexes].sort((a, b) => a - b))
      }),
    )
  })

  test('is set on the map of its purpose alone', () => {
    const word = { revoked: maskOf({ index: 3 }), suspended: maskOf({ index: 4 }) }
    expect(isSet(word, { index: 3, purpose: 'revocation' })).toBe(true)
    expect(isSet(word, { index: 3, purpose: 'suspension' })).toBe(false)
    expect(isSet(word, { index: 4, purpose: 'suspension' })).toBe(true)
  })
})
