import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bitsOfWords,
  decodeBitstring,
  encodeBitstring,
  entryMask,
  isEntrySet,
  longestList,
  wordOfBits,
  wordPosition,
} from '../../../sdk/status/bitstring.ts'

const vectors = new URL(
  '../../../../shared/data/vectors/bitstring_status_list.json',
  import.meta.url,
)
const length = 131_072
const malformed = expect.objectContaining({
  code: 'TOKEN_INVALID',
  facts: expect.objectContaining({ code: 'STATUS_LIST_MALFORMED' }) as unknown,
}) as Error

const encodedOf = (bytes: Uint8Array) => `u${gzipSync(bytes).toString('base64url')}`
const setEntries = (bits: Uint8Array) =>
  Array.from({ length: bits.length * 8 }, (_, i) => i).filter((i) => isEntrySet(bits, i))

test.each([
  [0, 0, 255n],
  [255, 0, 0n],
  [256, 1, 255n],
  [131_071, 511, 0n],
])('entry %d lies in word %d at bit %d', (index, word, bit) => {
  expect(wordPosition(index)).toBe(word)
  expect(entryMask(index)).toBe(1n << bit)
})

describe('decodeBitstring', () => {
  test.skipIf(!existsSync(vectors)).each(['spec_sample', 'self_made'])(
    'reads the vector %s (skipped without ../shared/data)',
    async (name) => {
      const all = JSON.parse(readFileSync(vectors, 'utf8')) as Record<
        string,
        { encodedList: string; length_bits: number; set: number[] }
      >
      const vector = all[name]!
      const bits = await decodeBitstring(vector.encodedList)
      expect(bits.length * 8).toBe(vector.length_bits)
      expect(setEntries(bits)).toEqual(vector.set)
    },
  )

  test('has the most significant bit of byte 0 as entry 0', async () => {
    const bytes = new Uint8Array(length / 8)
    bytes[0] = 0b1000_0001
    bytes[1] = 0b0100_0000
    expect(setEntries(await decodeBitstring(encodedOf(bytes)))).toEqual([0, 7, 9])
  })

  test.each([
    ['another multibase', encodedOf(new Uint8Array(length / 8)).replace(/^u/, 'z')],
    ['no multibase', gzipSync(new Uint8Array(length / 8)).toString('base64url')],
    ['padding', `${encodedOf(new Uint8Array(length / 8))}=`],
    ['nothing', ''],
    ['nothing behind the u', 'u'],
    ['no gzip', `u${Buffer.from('list').toString('base64url')}`],
    ['a damaged gzip', encodedOf(new Uint8Array(length / 8)).slice(0, -12)],
    ['fewer than 131,072 entries', encodedOf(new Uint8Array(length / 8 - 1))],
    ['more than 2 MB', encodedOf(new Uint8Array(longestList + 1))],
    ['a bomb of 256 MB', encodedOf(new Uint8Array(2 ** 28))],
  ])('refuses %s', async (_, encodedList) => {
    await expect(decodeBitstring(encodedList)).rejects.toThrow(malformed)
  })
})

describe('encodeBitstring', () => {
  test('gives multibase u of the gzip of the bits', async () => {
    const bits = Uint8Array.from({ length: length / 8 }, (_, i) => i % 251)
    const encoded = await encodeBitstring(bits)
    expect(encoded).toMatch(/^u[A-Za-z0-9_-]+$/)
    expect(Uint8Array.from(gunzipSync(Buffer.from(encoded.slice(1), 'base64url')))).toEqual(bits)
    expect(await decodeBitstring(encoded)).toEqual(bits)
  })
})

describe('bitsOfWords', () => {
  test('puts the bit that the StatusRegistry has for an entry where the standard wants it', () => {
    const index = fc.integer({ min: 0, max: length - 1 })
    fc.assert(
      fc.property(index, (entry) => {
        const bits = bitsOfWords([[Math.floor(entry / 256), entryMask(entry)]])
        expect(isEntrySet(bits, entry)).toBe(true)
        expect(bits.reduce((count, byte) => count + byte, 0)).toBe(2 ** (7 - (entry % 8)))
      }),
    )
  })

  test('and wordOfBits take each other back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 511 }),
        fc.bigInt(0n, 2n ** 256n - 1n),
        (position, word) => {
          const bits = bitsOfWords([[position, word]])
          expect(bits).toHaveLength(length / 8)
          expect(wordOfBits(bits, position)).toBe(word)
          expect(wordOfBits(bits, (position + 1) % 512)).toBe(0n)
        },
      ),
    )
  })

  test.each<[number, bigint]>([
    [512, 1n],
    [-1, 1n],
    [0.5, 1n],
    [0, 2n ** 256n],
    [0, -1n],
  ])('refuses the word %d: %d', (position, word) => {
    expect(() => bitsOfWords([[position, word]])).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    )
  })
})

describe('isEntrySet', () => {
  test.each([length, -1, Number.NaN])('refuses the entry %d of a list of 131,072', (index) => {
    expect(() => isEntrySet(new Uint8Array(length / 8), index)).toThrow(malformed)
  })
})

describe('wordOfBits', () => {
  test('is zero beyond the end', () => {
    expect(wordOfBits(new Uint8Array(length / 8).fill(255), 512)).toBe(0n)
  })
})
