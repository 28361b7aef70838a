/**
 * The Merkle tree of a batch, in flat memory: root and proofs of OpenZeppelin's `StandardMerkleTree`,
 * for any number of leaves, 64 bytes a leaf. `npm run bench -- merkle` compares the two.
 *
 * The nodes lie one after the other, 32 bytes each, the root first: the children of node i are 2i + 1
 * and 2i + 2, and the leaves, sorted, stand in reverse order at the end.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import type { Hash } from '../model/primitives.ts'
import { hashLength, largestBatch, smallestBatch } from './constants.ts'
import { hashPairs } from './keccak.ts'
import { hashAt, packHashes } from './pack.ts'
import { sortHashes } from './sort-hashes.ts'

/** A batch, ready to be anchored and to give proofs. */
export interface BatchTree {
  readonly root: Hash
  readonly leafCount: number
  /** All nodes, root first: what to keep if proofs are to be made later, with {@link openBatchTree}. */
  readonly bytes: Uint8Array
  /** The leaf at a position among the sorted leaves, counted from 0. */
  leaf(index: number): Hash
  /**
   * Sibling hashes from a leaf up to the root, lowest first; none in a batch of one.
   *
   * @param leaf - The leaf, or its position among the sorted leaves.
   * @throws {@link RegistryError} `INPUT_INVALID` if there is no such leaf.
   */
  proof(leaf: Hash | number): readonly Hash[]
}

/**
 * Builds the tree of a batch.
 *
 * @param leaves - From `leafOf` or `hashLeaves` and {@link padLeaves}, in any order: hashes, or 32 bytes
 *   for each in one array. Not changed.
 * @throws {@link RegistryError} `INPUT_INVALID` for no leaves, more than 2,097,152, or a part of a leaf.
 *
 * @example
 * ```ts
 * const tree = buildBatchTree(padLeaves(credentials.map(leafOf), randomBytes))
 * tree.proof(leafOf(commitment)) // as `isIncluded` of the AnchorRegistry wants it
 * ```
 */
export function buildBatchTree(leaves: readonly Hash[] | Uint8Array): BatchTree {
  const packed = leaves instanceof Uint8Array ? leaves : packHashes(leaves)
  const leafCount = countLeaves(packed.length / hashLength)
  const nodes = new Uint8Array(hashLength * (2 * leafCount - 1))
  sortHashes(packed, nodes.subarray(hashLength * (leafCount - 1)))
  // From the last inner node to the first; a run of parents must not contain a child of its own.
  for (let last = leafCount - 2; last >= 0;) {
    const first = (last + 1) >> 1
    hashPairs(slice(nodes, 2 * first + 1, 2 * last + 3), slice(nodes, first, last + 1))
    last = first - 1
  }
  return treeOf(nodes, leafCount)
}

/**
 * Opens a tree that was built and stored before. The hashes are not computed again: `makeReceipt` checks
 * each proof that it is given.
 *
 * @param bytes - The `bytes` of a {@link BatchTree}.
 * @throws {@link RegistryError} `INPUT_INVALID` if the length is none that a tree can have.
 */
export function openBatchTree(bytes: Uint8Array): BatchTree {
  return treeOf(bytes, countLeaves((bytes.length / hashLength + 1) / 2))
}

/**
 * Adds random decoys up to a power of two, at least 8, so that neither root nor leaf count tells how many
 * credentials there are.
 *
 * @param leaves - The leaves of the credentials, at least one.
 * @param random - Gives so many random bytes; `randomBytes` of `#crypto`.
 * @returns All leaves, 32 bytes each, the decoys last.
 * @throws {@link RegistryError} `INPUT_INVALID` as {@link buildBatchTree}.
 */
export function padLeaves(
  leaves: readonly Hash[] | Uint8Array,
  random: (length: number) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  const packed = leaves instanceof Uint8Array ? leaves : packHashes(leaves)
  const count = countLeaves(packed.length / hashLength)
  const padded = Math.max(smallestBatch, 2 ** Math.ceil(Math.log2(count)))
  const all = new Uint8Array(hashLength * padded)
  all.set(packed)
  all.set(random(hashLength * (padded - count)), packed.length)
  return all
}

function treeOf(nodes: Uint8Array, leafCount: number): BatchTree {
  const lastNode = 2 * leafCount - 2
  return {
    root: hashAt(nodes, 0),
    leafCount,
    bytes: nodes,
    leaf: (index) => hashAt(nodes, lastNode - knownIndex(index, leafCount)),
    proof(leaf) {
      const index = typeof leaf === 'number' ? leaf : indexOf(nodes, leafCount, leaf)
      const proof: Hash[] = []
      for (let node = lastNode - knownIndex(index, leafCount); node > 0; node = (node - 1) >> 1) {
        proof.push(hashAt(nodes, node % 2 === 0 ? node - 1 : node + 1))
      }
      return proof
    },
  }
}

/** Position of a leaf among the sorted ones, by halving; -1 if it is not there. */
function indexOf(nodes: Uint8Array, leafCount: number, leaf: Hash): number {
  let low = 0
  let high = leafCount
  while (low < high) {
    const middle = (low + high) >> 1
    const there = hashAt(nodes, 2 * leafCount - 2 - middle)
    if (there === leaf) return middle
    if (there < leaf) low = middle + 1
    else high = middle
  }
  return -1
}

function slice(nodes: Uint8Array, first: number, end: number): Uint8Array {
  return nodes.subarray(hashLength * first, hashLength * end)
}

function knownIndex(index: number, leafCount: number): number {
  if (Number.isInteger(index) && index >= 0 && index < leafCount) return index
  throw invalid('leaf', `it is not among the ${String(leafCount)} of the batch`)
}

function countLeaves(count: number): number {
  if (Number.isInteger(count) && count >= 1 && count <= largestBatch) return count
  throw invalid('batch', `${String(count)} leaves; expected 1 to ${String(largestBatch)}`)
}

function invalid(input: string, problem: string): RegistryError {
  return new RegistryError('INPUT_INVALID', { input, problems: [problem] })
}
