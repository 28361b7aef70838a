import { createHmac } from 'node:crypto'
import { statusListLength, wordLength } from '#sdk'

/** Entries of a window: eight words of the on-chain bitmap. */
export const windowSize = 8 * wordLength

/** Entries of a status list (Bitstring Status List v1.0 wants at least so many). */
export const listSize = statusListLength

/**
 * The secret order in which the entries of a list's window are handed out: a Fisher-Yates shuffle
 * driven by HMAC-SHA-256 of the list's seed. The same seed and window always give the same order.
 *
 * @param window Number of the window, below 64.
 * @returns The entries' indexes in the list, each of the window's once.
 */
export function windowOrder(seed: Uint8Array, window: number): Uint32Array {
  const order = Uint32Array.from({ length: windowSize }, (_, i) => window * windowSize + i)
  const random = randomStream(seed, window)
  for (let i = windowSize - 1; i > 0; i--) {
    const j = below(i + 1, random)
    const other = order[j] ?? 0
    order[j] = order[i] ?? 0
    order[i] = other
  }
  return order
}

/** Unbiased: what lies in the last, partial stretch of the 32-bit range is drawn again. */
function below(bound: number, random: () => number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound)
  let value = random()
  while (value >= limit) value = random()
  return value % bound
}

/** 32-bit numbers from HMAC(seed, "livret:window" || window || block), block after block. */
function randomStream(seed: Uint8Array, window: number): () => number {
  let bytes = Buffer.alloc(0)
  let offset = 0
  let block = 0
  return () => {
    if (offset === bytes.length) {
      bytes = createHmac('sha256', seed).update(`livret:window:${window}:${block}`).digest()
      offset = 0
      block += 1
    }
    offset += 4
    return bytes.readUInt32BE(offset - 4)
  }
}
