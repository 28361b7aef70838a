/**
 * Hashes one after the other in flat memory, 32 bytes each: the form in which they are hashed fast.
 *
 * @module
 */
import { toHash } from '../lib/bytes.ts'
import type { Hash } from '../model/primitives.ts'
import { hashLength } from './constants.ts'

// Hex is read four digits at a time, out of the texts' bytes: `00` before each `0x` keeps digits in step with
// words (of little-endian machines, which all that run JavaScript are). Twice as fast as character by character;
// a Hash was checked when it was parsed, so nothing is checked here.
const chunk = 64
const wordsPerHash = 17
const digits = new Uint8Array(4 * wordsPerHash * chunk)
const digitWords = new Uint32Array(digits.buffer)
const encoder = new TextEncoder()

/** The bytes of `hashes`, in their order. */
export function packHashes(hashes: readonly Hash[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hashLength * hashes.length)
  writeHashes(hashes, bytes, 0)
  return bytes
}

/** Writes the bytes of `hashes` into `memory`, from `offset` on. */
export function writeHashes(hashes: readonly Hash[], memory: Uint8Array, offset: number): void {
  let at = offset
  for (let from = 0; from < hashes.length; from += chunk) {
    const part = hashes.slice(from, from + chunk)
    encoder.encodeInto(`00${part.join('00')}`, digits)
    for (let i = 0; i < part.length; i++) at = writeHash(memory, at, wordsPerHash * i + 1)
  }
}

/** Writes the hash whose digits begin at a word, and says where the next one goes. */
function writeHash(memory: Uint8Array, offset: number, firstWord: number): number {
  let at = offset
  for (let i = firstWord; i < firstWord + wordsPerHash - 1; i++) {
    const codes = digitWords[i] ?? 0
    // "0" to "9" are 0x30 to 0x39, "a" to "f" 0x61 to 0x66: four digits, first in the lowest byte.
    const values = (codes & 0x0f0f0f0f) + 9 * ((codes >>> 6) & 0x01010101)
    memory[at++] = ((values << 4) & 0xf0) | ((values >>> 8) & 0x0f)
    memory[at++] = ((values >>> 12) & 0xf0) | (values >>> 24)
  }
  return at
}

/** The hash at position `index` of `bytes`, counted from 0. */
export function hashAt(bytes: Uint8Array, index: number): Hash {
  return toHash(bytes.subarray(hashLength * index, hashLength * (index + 1)))
}
