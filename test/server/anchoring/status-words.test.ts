import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexesOf, isSet } from '../../../server/anchoring/status-words.ts'
import { entryMask } from '../../../sdk/status/bitstring.ts'

describe('an entry of a status list', () => {
  test('is found again in the mask of its word', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 512, max: 767 })), (indexes) => {
        const mask = indexes.reduce((bits, index) => bits | entryMask(index), 0n)
        expect(indexesOf(2, mask)).toEqual([...indexes].sort((a, b) => a - b))
      }),
    )
  })

  test('is set on the map of its purpose alone', () => {
    const word = { revoked: entryMask(3), suspended: entryMask(4) }
    expect(isSet(word, { index: 3, purpose: 'revocation' })).toBe(true)
    expect(isSet(word, { index: 3, purpose: 'suspension' })).toBe(false)
    expect(isSet(word, { index: 4, purpose: 'suspension' })).toBe(true)
  })
})
