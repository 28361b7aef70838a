import { createHash } from 'node:crypto'
import { SimpleMerkleTree, StandardMerkleTree } from '@openzeppelin/merkle-tree'
import fc from 'fast-check'
import { id } from 'ethers'
import { describe, expect, test } from 'vitest'
import { buildBatchTree, openBatchTree, padLeaves } from '../../../sdk/anchor/batch-tree.ts'
import { leafOf } from '../../../sdk/anchor/commitment.ts'
import { packHashes } from '../../../sdk/anchor/pack.ts'
import { rootFromProof } from '../../../sdk/anchor/receipt.ts'
import { Hash } from '../../../sdk/model/primitives.ts'

const hashOf = (seed: number | string) =>
  Hash.parse('0x' + createHash('sha256').update(String(seed)).digest('hex'))
const hashes = (count: number) => Array.from({ length: count }, (_, i) => hashOf(i))
const AnyHash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Hash.parse('0x' + Buffer.from(bytes).toString('hex')))
// Hashes whose first bits are equal, which the fast way of sorting leaves to the slow one.
const SimilarHash = fc
  .integer({ min: 0, max: 0xffff })
  .map((end) => Hash.parse('0x' + end.toString(16).padStart(64, '0')))
const random = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 131 + 17) & 255)
const invalid = expect.objectContaining({ code: 'INPUT_INVALID' }) as Error

describe('buildBatchTree', () => {
  test.each([1, 2, 3, 5, 8, 13, 100, 1000, 1500])(
    'has root and proofs of StandardMerkleTree for %d commitments',
    (count) => {
      const commitments = hashes(count)
      const theirs = StandardMerkleTree.of(
        commitments.map((commitment) => [id('livret:leaf:v1'), commitment]),
        ['bytes32', 'bytes32'],
      )
      const tree = buildBatchTree(commitments.map(leafOf))
      expect(tree.root).toBe(theirs.root)
      for (const [index, [, commitment]] of theirs.entries()) {
        expect(tree.proof(leafOf(Hash.parse(commitment)))).toEqual(theirs.getProof(index))
      }
    },
  )

  test.each([
    ['any', AnyHash],
    ['similar', SimilarHash],
  ])('does so for %s leaves, in any order', (_, hash) => {
    fc.assert(
      fc.property(fc.array(hash, { minLength: 1, maxLength: 40 }), (leaves) => {
        expect(buildBatchTree(leaves).root).toBe(SimpleMerkleTree.of(leaves).root)
      }),
    )
  })

  test('takes leaves in flat memory, and leaves them as they are', () => {
    const flat = packHashes(hashes(9))
    const before = flat.slice()
    expect(buildBatchTree(flat).root).toBe(buildBatchTree(hashes(9)).root)
    expect(flat).toEqual(before)
  })

  test('of one leaf is that leaf', () => {
    const tree = buildBatchTree([hashOf('welding')])
    expect(tree.root).toBe(hashOf('welding'))
    expect(tree.proof(0)).toEqual([])
  })

  test.each([
    ['no leaves', []],
    ['a part of a leaf', new Uint8Array(33)],
    ['more leaves than there may be', new Uint8Array(32 * (2 ** 21 + 1))],
  ])('refuses %s', (_, leaves) => {
    expect(() => buildBatchTree(leaves)).toThrow(invalid)
  })

  test('keeps 64 bytes a leaf', () => {
    expect(buildBatchTree(hashes(1000)).bytes).toHaveLength(64 * 1000 - 32)
  })
})

describe('proof', () => {
  const tree = buildBatchTree(hashes(100))

  test('leads each leaf to the root', () => {
    for (let i = 0; i < 100; i++) expect(rootFromProof(tree.leaf(i), tree.proof(i))).toBe(tree.root)
  })

  test.each([-1, 100, 1.5, Number.NaN])('refuses the position %d', (index) => {
    expect(() => tree.proof(index)).toThrow(invalid)
  })

  test('refuses a leaf of another batch', () => {
    expect(() => tree.proof(hashOf('surgery'))).toThrow(invalid)
  })
})

describe('openBatchTree', () => {
  test('gives the root and the proofs of the tree that was stored', () => {
    const tree = buildBatchTree(hashes(11))
    const opened = openBatchTree(Uint8Array.from(tree.bytes))
    expect(opened.root).toBe(tree.root)
    expect(opened.leafCount).toBe(11)
    for (const leaf of hashes(11)) expect(opened.proof(leaf)).toEqual(tree.proof(leaf))
  })

  test.each([0, 31, 64, 65])('refuses %d bytes', (length) => {
    expect(() => openBatchTree(new Uint8Array(length))).toThrow(invalid)
  })
})

describe('padLeaves', () => {
  test.each([
    [1, 8],
    [8, 8],
    [9, 16],
    [16, 16],
    [1000, 1024],
  ])('brings %d leaves to %d', (count, padded) => {
    const all = padLeaves(hashes(count), random)
    expect(all).toHaveLength(32 * padded)
    expect(all.subarray(0, 32 * count)).toEqual(packHashes(hashes(count)))
    expect(all.subarray(32 * count)).toEqual(random(32 * (padded - count)))
  })

  test('refuses an empty batch', () => {
    expect(() => padLeaves([], random)).toThrow(invalid)
  })
})
