/**
 * Hashes one after the other in flat memory, 32 bytes each: the form in which they are hashed fast.
 *
 * @module
 */
import { toHash } from '../lib/bytes.ts'
import type { Hash } from '../model/primitives.ts'
import { hashLength } from './keccak.ts'

const nibbleOf = new Uint8Array(128)
for (let value = 0; value < 16; value++) nibbleOf[value.toString(16).charCodeAt(0)] = value

/** The bytes of `hashes`, in their order. A {@link Hash} was checked when it was parsed, so nothing is checked here. */
export function packHashes(hashes: readonly Hash[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hashLength * hashes.length)
  let at = 0
  for (const hash of hashes) {
    for (let i = 2; i < 66; i += 2) {
      const high = nibbleOf[hash.charCodeAt(i)] ?? 0
      bytes[at++] = (high << 4) | (nibbleOf[hash.charCodeAt(i + 1)] ?? 0)
    }
  }
  return bytes
}

/** The hash at position `index` of `bytes`, counted from 0. */
export function hashAt(bytes: Uint8Array, index: number): Hash {
  return toHash(bytes.subarray(hashLength * index, hashLength * (index + 1)))
}
