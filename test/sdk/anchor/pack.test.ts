import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hashAt, packHashes, writeHashes } from '../../../sdk/anchor/pack.ts'
import { Hash } from '../../../sdk/model/primitives.ts'

const hashes = Array.from({ length: 130 }, (_, i) =>
  Hash.parse('0x' + createHash('sha256').update(String(i)).digest('hex')),
)
const bytesOf = (some: readonly Hash[]) =>
  Uint8Array.from(Buffer.from(some.map((hash) => hash.slice(2)).join(''), 'hex'))

describe('packHashes', () => {
  test('reads every hex digit', () => {
    const every = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0')).join('')
    const all = every.match(/.{64}/g)!.map((digits) => Hash.parse(`0x${digits}`))
    expect(packHashes(all)).toEqual(Uint8Array.from({ length: 256 }, (_, i) => i))
  })

  test.each([0, 1, 63, 64, 65, 128, 130])('puts %d hashes one after the other', (count) => {
    const some = hashes.slice(0, count)
    expect(packHashes(some)).toEqual(bytesOf(some))
  })
})

describe('writeHashes', () => {
  test('writes from the offset on, and nothing else', () => {
    const memory = new Uint8Array(32 * 3 + 10).fill(7)
    writeHashes(hashes.slice(0, 3), memory, 5)
    expect(memory.subarray(5, 101)).toEqual(bytesOf(hashes.slice(0, 3)))
    expect([...memory.subarray(0, 5), ...memory.subarray(101)]).toEqual(Array(10).fill(7))
  })
})

describe('hashAt', () => {
  test('takes a hash out again', () => {
    expect(hashAt(packHashes(hashes), 77)).toBe(hashes[77])
  })
})
