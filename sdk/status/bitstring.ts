/**
 * The bitstrings of W3C Bitstring Status List v1.0, and the words of the StatusRegistry that they are made of. Entry
 * 0 is the left-most bit: the most significant one of byte 0, and of word 0.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import { fromBase64url, toBase64url } from '../lib/base64url.ts'
import { fromHex, toHex } from '../lib/bytes.ts'
import { statusListLength } from '../model/status-entry.ts'
import { compress, expand } from './compress.ts'

/** Entries in a word of the StatusRegistry. */
export const wordLength = 256

/** Words of a list on chain. */
export const listWords = statusListLength / wordLength

const wordBytes = wordLength / 8

/**
 * The longest list that is expanded, in bytes: 16 million entries. A few kilobytes of gzip can hold gigabytes of
 * zeros.
 */
export const longestList = 2 ** 21

/**
 * The `encodedList` of a bitstring: multibase `u` (base64url without padding) of its gzip form (section 3.3). Gzip
 * has several forms for the same bits: compare bits, never this text.
 */
export async function encodeBitstring(bits: Uint8Array): Promise<string> {
  return `u${toBase64url(await compress(bits, 'gzip'))}`
}

/**
 * The bitstring in an `encodedList` (section 3.4).
 *
 * @returns At least 16,384 bytes: 131,072 entries.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `STATUS_LIST_MALFORMED` if it is not multibase `u` of
 *   gzip, expands to more than 2 MB, or to fewer entries than the standard demands.
 */
export async function decodeBitstring(encodedList: string): Promise<Uint8Array> {
  const compressed = encodedList.startsWith('u') ? fromBase64url(encodedList.slice(1)) : undefined
  if (compressed === undefined) throw malformed('encodedList is not multibase base64url')
  const bits = await expand(compressed, 'gzip', longestList).catch((cause: unknown) => {
    throw malformed('encodedList is not gzip, or expands to more than 2 MB', cause)
  })
  if (bits.length * 8 >= statusListLength) return bits
  throw malformed(`it has ${bits.length * 8} entries, fewer than ${statusListLength}`)
}

/**
 * Whether an entry is set.
 *
 * @param index - Counted from 0.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `STATUS_LIST_MALFORMED` if the list is too short.
 */
export function isEntrySet(bits: Uint8Array, index: number): boolean {
  const byte = bits[Math.floor(index / 8)]
  if (byte === undefined) throw malformed(`it has no entry ${index}`)
  return ((byte >> (7 - (index % 8))) & 1) === 1
}

/**
 * The bitstring of a list on chain.
 *
 * @param words - Its words by their position; those left out are zero.
 * @returns 16,384 bytes.
 * @throws {@link RegistryError} `INPUT_INVALID` for a position from 512 on, or a word of more than 256 bits.
 */
export function bitsOfWords(
  words: Iterable<readonly [position: number, word: bigint]>,
): Uint8Array {
  const bits = new Uint8Array(statusListLength / 8)
  for (const [position, word] of words) {
    const isWord = BigInt.asUintN(wordLength, word) === word
    if (!Number.isInteger(position) || position < 0 || position >= listWords || !isWord) {
      const problems = [`${position}: expected a position below ${listWords} and 256 bits`]
      throw new RegistryError('INPUT_INVALID', { input: 'status words', problems })
    }
    bits.set(fromHex(word.toString(16).padStart(2 * wordBytes, '0')), wordBytes * position)
  }
  return bits
}

/** One word of a bitstring, as the chain holds it; zero beyond its end. */
export function wordOfBits(bits: Uint8Array, position: number): bigint {
  const bytes = bits.subarray(wordBytes * position, wordBytes * (position + 1))
  return BigInt(`0x0${toHex(bytes)}`)
}

/** The word that an entry is in, counted from 0. */
export function wordPosition(index: number): number {
  return Math.floor(index / wordLength)
}

/** The bit of a word that stands for an entry: for the masks of the StatusRegistry. */
export function entryMask(index: number): bigint {
  return 1n << BigInt(wordLength - 1 - (index % wordLength))
}

function malformed(reason: string, cause?: unknown): RegistryError {
  const code = 'STATUS_LIST_MALFORMED'
  return new RegistryError('TOKEN_INVALID', { code, reason: `status list: ${reason}` }, { cause })
}
