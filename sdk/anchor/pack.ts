/**
 * Hashes one after the other in flat memory, 32 bytes each: the form in which they are hashed fast.
 *
 * @module
 */
import { toHash } from '../lib/bytes.ts'
import type { Hash } from '../model/primitives.ts'
import { hashLength } from './constants.ts'

/** The bytes of `hashes`, in their order. */
export function packHashes(hashes: readonly Hash[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hashLength * hashes.length)
  writeHashes(hashes, bytes, 0)
  return bytes
}

/** Writes the bytes of `hashes` into `memory`, from `offset` on. */
export function writeHashes(hashes: readonly Hash[], memory: Uint8Array, offset: number): void {
  let at = offset
  for (const hash of hashes) {
    for (let i = 2; i < 66; i += 2) {
      memory[at++] = (nibble(hash.charCodeAt(i)) << 4) | nibble(hash.charCodeAt(i + 1))
    }
  }
}

/** The hash at position `index` of `bytes`, counted from 0. */
export function hashAt(bytes: Uint8Array, index: number): Hash {
  return toHash(bytes.subarray(hashLength * index, hashLength * (index + 1)))
}

/** The value of a hex digit. A {@link Hash} was checked when it was parsed, so nothing is checked here. */
function nibble(code: number): number {
  return (code & 15) + 9 * (code >> 6)
}
