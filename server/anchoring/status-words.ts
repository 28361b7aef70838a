import { entryMask, wordLength, type StatusPurpose, type StatusWord } from '#sdk'
import type { StatusIndex } from '../context.ts'

/** The entries whose bits are set in a mask of a word. */
export function indexesOf(word: number, mask: bigint): readonly number[] {
  return Array.from({ length: wordLength }, (_, i) => wordLength * word + i).filter(
    (index) => (mask & entryMask(index)) !== 0n,
  )
}

/** Whether an entry is set in its word, on the map of a purpose. */
export function isSet(
  word: StatusWord,
  entry: Pick<StatusIndex, 'index'> & { purpose: StatusPurpose },
): boolean {
  const map = entry.purpose === 'revocation' ? word.revoked : word.suspended
  return (map & entryMask(entry.index)) !== 0n
}
