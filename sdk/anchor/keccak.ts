/**
 * Keccak-256 as Ethereum uses it: for one message of any length, and fast for the two shapes that a
 * Merkle tree is made of. Everything is synchronous.
 *
 * @module
 */
import { keccak_256 } from '@noble/hashes/sha3.js'
import { freeMemory, startKeccakModule, type KeccakModule } from './keccak-wasm.ts'
import type { Hash } from '../model/primitives.ts'
import { hashLength, leafTag } from './constants.ts'
import { writeHashes } from './pack.ts'

// A call per hash is short, so V8 soon compiles it with its better compiler; a single call that hashes
// a whole tree would run in the baseline compiler from start to end, four times slower.
const chunk = 512
const inputAt = freeMemory
const outputAt = inputAt + 2 * hashLength * chunk
const tagAt = outputAt + hashLength * chunk

let started: KeccakModule | undefined

/**
 * Hashes one message.
 *
 * @param message - Any bytes.
 * @returns 32 bytes.
 */
export function keccak256(message: Uint8Array): Uint8Array {
  return keccak_256(message)
}

/**
 * Hashes pairs of nodes, the smaller node of each pair first: `keccak256(min(a,b) || max(a,b))`, as
 * OpenZeppelin's `MerkleProof` and `StandardMerkleTree` do.
 *
 * @param nodes - 64 bytes for each pair.
 * @param parents - Where the hashes go, 32 bytes for each pair; may be a part of the same memory
 *   as `nodes`, but must not overlap it.
 */
export function hashPairs(nodes: Uint8Array, parents: Uint8Array): void {
  const { memory, hash64 } = keccak()
  const count = parents.length / hashLength
  for (let from = 0; from < count; from += chunk) {
    const size = Math.min(chunk, count - from)
    memory.set(nodes.subarray(64 * from, 64 * (from + size)), inputAt)
    for (let i = 0; i < size; i++) {
      const left = inputAt + 64 * i
      const right = left + hashLength
      const output = outputAt + hashLength * i
      if (isLess(memory, right, left)) hash64(right, left, output)
      else hash64(left, right, output)
    }
    parents.set(memory.subarray(outputAt, outputAt + hashLength * size), hashLength * from)
  }
}

/**
 * Hashes commitments into leaves: `keccak256(keccak256(leafTag || commitment))`. Twice, so that no
 * inner node (a hash of 64 bytes) can be passed off as a leaf.
 *
 * @param commitments - 32 bytes for each.
 * @returns 32 bytes for each, in the same order.
 */
export function hashLeaves(commitments: Uint8Array): Uint8Array<ArrayBuffer> {
  const { memory, hash32, hash64 } = keccak()
  const leaves = new Uint8Array(commitments.length)
  memory.set(leafTag, tagAt)
  for (let from = 0; from < commitments.length; from += hashLength * chunk) {
    const part = commitments.subarray(from, from + hashLength * chunk)
    memory.set(part, inputAt)
    for (let at = 0; at < part.length; at += hashLength) {
      hash64(tagAt, inputAt + at, outputAt + at)
      hash32(outputAt + at, outputAt + at)
    }
    leaves.set(memory.subarray(outputAt, outputAt + part.length), from)
  }
  return leaves
}

/**
 * Climbs a tree from one node to the one above its siblings.
 *
 * @param start - 32 bytes.
 * @param siblings - One for each step, lowest first; at most 1,024.
 * @returns 32 bytes: the root, if the siblings reach so far; `start` itself if there are none.
 */
export function climb(start: Uint8Array, siblings: readonly Hash[]): Uint8Array {
  const { memory, hash64 } = keccak()
  memory.set(start, outputAt)
  writeHashes(siblings, memory, inputAt)
  const end = inputAt + hashLength * siblings.length
  for (let at = inputAt; at < end; at += hashLength) {
    if (isLess(memory, at, outputAt)) hash64(at, outputAt, outputAt)
    else hash64(outputAt, at, outputAt)
  }
  return memory.slice(outputAt, outputAt + hashLength)
}

/** Whether the 32 bytes at `a` are less than those at `b`, in the order of big-endian numbers. */
function isLess(memory: Uint8Array, a: number, b: number): boolean {
  for (let i = 0; i < hashLength; i++) {
    const x = memory[a + i] ?? 0
    const y = memory[b + i] ?? 0
    if (x !== y) return x < y
  }
  return false
}

function keccak(): KeccakModule {
  return (started ??= start())
}

/** The fast module, or where a page's security policy forbids it the same in JavaScript. */
function start(): KeccakModule {
  try {
    return startKeccakModule()
  } catch {
    return plainKeccak()
  }
}

/** The module's functions in plain JavaScript: ten times slower, and welcome everywhere. */
export function plainKeccak(): KeccakModule {
  const memory = new Uint8Array(2 ** 16)
  const message = new Uint8Array(2 * hashLength)
  return {
    memory,
    hash32: (input, output) => {
      memory.set(keccak_256(memory.subarray(input, input + hashLength)), output)
    },
    hash64: (left, right, output) => {
      message.set(memory.subarray(left, left + hashLength))
      message.set(memory.subarray(right, right + hashLength), hashLength)
      memory.set(keccak_256(message), output)
    },
  }
}
