import {
  createMerkleProof,
  createMPT,
  verifyMerkleProof,
  type MerklePatriciaTrie,
} from '@ethereumjs/mpt'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNodePool } from '../../../sdk/bundle/trie.ts'
import { keccak256 } from '../../../sdk/anchor/keccak.ts'

/** Keys that share beginnings, so that tries get extensions and children inside their parents. */
const key = fc
  .tuple(fc.constantFrom(0, 1, 16), fc.constantFrom(0, 1, 2, 255), fc.constantFrom(0, 7))
  .map(([first, middle, last]) => {
    const bytes = new Uint8Array(32)
    bytes[0] = first
    bytes[30] = middle
    bytes[31] = last
    return bytes
  })
const value = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 4 }),
  fc.uint8Array({ minLength: 32, maxLength: 33 }),
)
const entries = fc.uniqueArray(fc.tuple(key, value), {
  minLength: 1,
  maxLength: 24,
  selector: ([bytes]) => bytes.join(),
})

async function trieOf(pairs: readonly (readonly [Uint8Array, Uint8Array])[]) {
  const trie = await createMPT()
  for (const [name, content] of pairs) await trie.put(name, content)
  return trie
}

/** The nodes that are hashed: the library also lists children that stand in their parents. */
async function proofOf(trie: MerklePatriciaTrie, asked: Uint8Array): Promise<Uint8Array[]> {
  const proof = await createMerkleProof(trie, asked)
  return proof.filter((node, i) => i === 0 || node.length >= 32)
}

describe('a pool of trie nodes', () => {
  test('finds what stands under a key, or that nothing does, as @ethereumjs/mpt', async () => {
    await fc.assert(
      fc.asyncProperty(entries, key, async (pairs, asked) => {
        const trie = await trieOf(pairs)
        const proof = await createMerkleProof(trie, asked)
        const expected = await verifyMerkleProof(asked, proof, { root: trie.root() })
        const nodes = await proofOf(trie, asked)
        const pool = createNodePool(nodes)

        expect(pool.find(trie.root(), asked)).toEqual(expected ?? undefined)
        expect(pool.needed()).toHaveLength(nodes.length)
      }),
    )
  })

  test('answers nothing once a node is missing or changed', async () => {
    await fc.assert(
      fc.asyncProperty(entries, key, fc.nat(), fc.nat(), async (pairs, asked, which, where) => {
        const trie = await trieOf(pairs)
        const proof = await proofOf(trie, asked)
        const position = which % proof.length
        const without = createNodePool(proof.toSpliced(position, 1))
        expect(() => without.find(trie.root(), asked)).toThrow(RangeError)

        const node = Uint8Array.from(proof[position]!)
        node[where % node.length]! ^= 1
        const damaged = createNodePool(proof.with(position, node))
        expect(() => damaged.find(trie.root(), asked)).toThrow(RangeError)
      }),
    )
  })

  test('knows the empty trie without a node', () => {
    const root = keccak256(Uint8Array.of(0x80))
    expect(createNodePool([]).find(root, new Uint8Array(32))).toBeUndefined()
  })

  test.each([
    ['no list', [0x83, 1, 2, 3]],
    ['a list of three', [0xc3, 1, 2, 3]],
    ['a path with an unknown flag', [0xc2, 0x40, 1]],
    ['a path with a padding that is not zero', [0xc2, 0x21, 1]],
    ['an empty path', [0xc2, 0x80, 1]],
  ])('refuses a node that is %s', (_, bytes) => {
    const node = Uint8Array.from(bytes)
    const pool = createNodePool([node])
    expect(() => pool.find(keccak256(node), new Uint8Array(32))).toThrow(RangeError)
  })
})
