/**
 * Block headers, as far as a proof needs them. Forks append fields (London the base fee, Shanghai withdrawals, Cancun
 * blobs, Prague requests); whatever comes after the fields that are read here is hashed, and else left alone.
 *
 * @module
 */
import { keccak256 } from '../anchor/keccak.ts'
import { toHash } from '../lib/bytes.ts'
import type { Hash, Seconds } from '../model/primitives.ts'
import { decodeRlp, type RlpItem } from './rlp.ts'

/** What a header says. */
export interface BlockHeader {
  hash: Hash
  number: number
  timestamp: Seconds
  /** Root of the trie of all accounts after the block. */
  stateRoot: Uint8Array
}

/** Fields of a header since London. */
const fewestFields = 16
const at = { stateRoot: 3, number: 8, timestamp: 11 } as const

/**
 * Reads a header.
 *
 * @param bytes - The header in RLP, exactly as the block's hash is made of it.
 * @throws `RangeError` if it is none since London.
 */
export function readHeader(bytes: Uint8Array): BlockHeader {
  const fields = decodeRlp(bytes)
  if (fields instanceof Uint8Array || fields.length < fewestFields) {
    throw new RangeError('expected a header')
  }
  const stateRoot = fields[at.stateRoot]
  if (!(stateRoot instanceof Uint8Array) || stateRoot.length !== 32) {
    throw new RangeError('expected a state root')
  }
  return {
    hash: toHash(keccak256(bytes)),
    number: numberOf(fields[at.number]),
    timestamp: numberOf(fields[at.timestamp]),
    stateRoot,
  }
}

/** A number without leading zeros, below 2^48. */
function numberOf(item: RlpItem | undefined): number {
  if (!(item instanceof Uint8Array) || item.length > 6 || item[0] === 0) {
    throw new RangeError('expected a number')
  }
  return item.reduce((number, byte) => number * 256 + byte, 0)
}
