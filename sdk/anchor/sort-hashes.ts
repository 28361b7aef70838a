/**
 * Sorts many hashes. A comparison function that JavaScript calls 20 million times for a million of
 * them is what makes sorting slow; so the engine sorts plain numbers instead, each made of the first
 * 32 bits of a hash and its position, 21 bits: together 53, all that a number holds exactly.
 *
 * @module
 */
import { hashLength, largestBatch } from './constants.ts'

/**
 * Writes hashes in descending order.
 *
 * @param hashes - 32 bytes for each; at most 2,097,152.
 * @param sorted - Where they go; as long as `hashes`, and not the same memory.
 */
export function sortHashes(hashes: Uint8Array, sorted: Uint8Array): void {
  const words = new DataView(hashes.buffer, hashes.byteOffset, hashes.byteLength)
  const count = hashes.length / hashLength
  const keys = new Float64Array(count)
  for (let i = 0; i < count; i++) keys[i] = words.getUint32(hashLength * i) * largestBatch + i
  keys.sort()
  const order = Uint32Array.from(keys, (key) => key % largestBatch)
  sortTies(words, order)
  for (let i = 0; i < count; i++) {
    const from = hashLength * (order[count - 1 - i] ?? 0)
    sorted.set(hashes.subarray(from, from + hashLength), hashLength * i)
  }
}

/** Puts hashes in order whose first 32 bits are equal: few, so insertion will do. */
function sortTies(words: DataView, order: Uint32Array): void {
  for (let i = 1; i < order.length; i++) {
    const inserted = order[i] ?? 0
    let to = i
    for (; to > 0 && isLess(words, inserted, order[to - 1] ?? 0); to--)
      order[to] = order[to - 1] ?? 0
    order[to] = inserted
  }
}

function isLess(words: DataView, a: number, b: number): boolean {
  for (let i = 0; i < hashLength; i += 4) {
    const x = words.getUint32(hashLength * a + i)
    const y = words.getUint32(hashLength * b + i)
    if (x !== y) return x < y
  }
  return false
}
