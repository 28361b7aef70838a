import { RLP } from '@ethereumjs/rlp'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeRlp, encodeRlp, type RlpItem } from '../../../sdk/bundle/rlp.ts'
import { fromHex } from '../../../sdk/lib/bytes.ts'

/** Items of every length that changes the prefix. */
const item = fc.letrec<{ item: RlpItem }>((tie) => ({
  item: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.uint8Array({ maxLength: 70 }),
    fc.uint8Array({ minLength: 250, maxLength: 300 }),
    fc.array(tie('item'), { maxLength: 20 }),
  ),
})).item

/** What the reference library makes of bytes, if it takes them. */
function reference(bytes: Uint8Array): unknown {
  try {
    return RLP.decode(bytes)
  } catch {
    return undefined
  }
}

describe('RLP', () => {
  test('is written and read as @ethereumjs/rlp does', () => {
    fc.assert(
      fc.property(item, (value) => {
        const bytes = encodeRlp(value)
        expect(bytes).toEqual(RLP.encode(value as Uint8Array))
        expect(decodeRlp(bytes)).toEqual(value)
      }),
    )
  })

  test('has one encoding for each item: what is read is written again as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
        let read: RlpItem
        try {
          read = decodeRlp(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
          return
        }
        expect(encodeRlp(read)).toEqual(bytes)
        expect(reference(bytes)).toEqual(read)
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['nothing', '0x'],
    ['a byte with a prefix', '0x8100'],
    ['a short string in the long form', '0xb801ff'],
    ['a length with a leading zero', `0xb90038${'ff'.repeat(56)}`],
    ['a short list in the long form', '0xf801ff'],
    ['a string that ends too early', '0x83ffff'],
    ['a list that ends too early', '0xc3ffff'],
    ['an item that is longer than its list', '0xc283ffffff'],
    ['something after it', '0xc0c0'],
    ['a length beyond all memory', '0xbfffffffffffffffff'],
    ['nine lists inside each other', '0xc8c7c6c5c4c3c2c1c0'],
  ])('refuses %s', (_, hex) => {
    expect(() => decodeRlp(fromHex(hex))).toThrow(RangeError)
  })
})
