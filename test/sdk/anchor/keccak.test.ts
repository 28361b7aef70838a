import { keccak_256 } from '@noble/hashes/sha3.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { climb, hashLeaves, hashPairs, keccak256, plainKeccak } from '../../../sdk/anchor/keccak.ts'
import { startKeccakModule } from '../../../sdk/anchor/keccak-wasm.ts'
import { leafTag } from '../../../sdk/anchor/constants.ts'
import { toHash, toHex } from '../../../sdk/lib/bytes.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const sortedPair = (a: Uint8Array, b: Uint8Array) =>
  keccak_256(Buffer.concat(Buffer.compare(a, b) < 0 ? [a, b] : [b, a]))

describe('keccak256', () => {
  // Ethereum's best-known hash: the code hash of an account without code.
  test('is the hash that Ethereum uses, not SHA-3', () => {
    expect(toHex(keccak256(new Uint8Array()))).toBe(
      'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
    )
  })
})

describe.each([
  ['the WebAssembly module', startKeccakModule()],
  ['the plain functions', plainKeccak()],
])('%s', (_, { memory, hash32, hash64 }) => {
  test('hashes 32 bytes as noble does', () => {
    fc.assert(
      fc.property(bytes(32), (message) => {
        memory.set(message, 1024)
        hash32(1024, 2048)
        expect(memory.slice(2048, 2080)).toEqual(keccak_256(message))
      }),
    )
  })

  test('hashes 64 bytes from two places as noble does, also onto one of them', () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), (left, right) => {
        memory.set(left, 1024)
        memory.set(right, 4096)
        hash64(1024, 4096, 1024)
        expect(memory.slice(1024, 1056)).toEqual(keccak_256(Buffer.concat([left, right])))
      }),
    )
  })
})

describe('hashPairs', () => {
  test.each([1, 2, 511, 512, 513, 1025])('hashes %d sorted pairs', (count) => {
    const nodes = Uint8Array.from({ length: 64 * count }, (_, i) => (i * 7919 + (i >> 5)) & 255)
    const parents = new Uint8Array(32 * count)
    hashPairs(nodes, parents)
    for (let i = 0; i < count; i++) {
      const [left, right] = [
        nodes.subarray(64 * i, 64 * i + 32),
        nodes.subarray(64 * i + 32, 64 * i + 64),
      ]
      expect(parents.slice(32 * i, 32 * i + 32)).toEqual(sortedPair(left, right))
    }
  })

  test('orders pairs that differ in the last byte only', () => {
    const parents = new Uint8Array(64)
    const small = new Uint8Array(32)
    const large = Uint8Array.from(small, (_, i) => (i === 31 ? 255 : 0))
    hashPairs(Buffer.concat([small, large, large, small]), parents)
    expect(parents.slice(32)).toEqual(parents.slice(0, 32))
  })
})

describe('hashLeaves', () => {
  test.each([0, 1, 512, 513])('hashes %d commitments twice, behind the tag', (count) => {
    const commitments = Uint8Array.from({ length: 32 * count }, (_, i) => (i * 31) & 255)
    const leaves = hashLeaves(commitments)
    expect(leaves).toHaveLength(32 * count)
    for (let at = 0; at < leaves.length; at += 32) {
      const inner = keccak_256(Buffer.concat([leafTag, commitments.subarray(at, at + 32)]))
      expect(leaves.slice(at, at + 32)).toEqual(keccak_256(inner))
    }
  })
})

describe('climb', () => {
  test('hashes a node with one sibling after the other', () => {
    fc.assert(
      fc.property(bytes(32), fc.array(bytes(32), { maxLength: 32 }), (start, siblings) => {
        const root = siblings.reduce((node, sibling) => sortedPair(node, sibling), start)
        expect(climb(start, siblings.map(toHash))).toEqual(root)
      }),
    )
  })
})
