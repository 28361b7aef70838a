import type { StatusPurpose, StatusWord } from '#sdk'
import type { StatusIndex } from '../context.ts'

const wordLength = 256

/** Where an entry lies in a list's words. */
export function wordOf({ index }: Pick<StatusIndex, 'index'>): number {
  return Math.floor(index / wordLength)
}

/** The bit of an entry in its word: the first entry is the highest bit. */
export function maskOf({ index }: Pick<StatusIndex, 'index'>): bigint {
  return 1n << BigInt(wordLength - 1 - (index % wordLength))
}

/** The entries whose bits are set in a mask of a word. */
export function indexesOf(word: number, mask: bigint): readonly number[] {
  return Array.from({ length: wordLength }, (_, i) => wordLength * word + i).filter(
    (index) => (mask & maskOf({ index })) !== 0n,
  )
}

/** Whether an entry is set in its word, on the map of a purpose. */
export function isSet(
  word: StatusWord,
  entry: Pick<StatusIndex, 'index'> & { purpose: StatusPurpose },
): boolean {
  const map = entry.purpose === 'revocation' ? word.revoked : word.suspended
  return (map & maskOf(entry)) !== 0n
}
