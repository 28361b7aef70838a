/**
 * What the registries' storage says, proven from a block's state root.
 *
 * @module
 */
import { keccak256 } from '../anchor/keccak.ts'
import { fromHex, toHash, toHex } from '../lib/bytes.ts'
import type { ContractPin } from '../model/policy.ts'
import type { Hash } from '../model/primitives.ts'
import { decodeRlp, type RlpItem } from './rlp.ts'
import type { NodePool } from './trie.ts'

/** Reads one slot; 0 where the trie has nothing. Throws `RangeError` where a node is missing. */
export type ReadSlot = (slot: Hash) => bigint

/** A contract whose account a block's state does not have as it is pinned. */
export interface CodeDifference {
  /** keccak256 of the code that is there; `undefined` if there is no account. */
  actual: Hash | undefined
}

/**
 * Proves a pinned contract's account, and then any of its slots.
 *
 * @returns How to read its storage, or what stands where it should be.
 * @throws `RangeError` if a node is missing, or says what no state says.
 */
export function openContract(
  pool: NodePool,
  stateRoot: Uint8Array,
  { address, codeHash }: ContractPin,
): ReadSlot | CodeDifference {
  const account = pool.find(stateRoot, keccak256(fromHex(address)))
  if (account === undefined) return { actual: undefined }
  const { storageRoot, actual } = readAccount(account)
  if (actual !== codeHash) return { actual }
  return (slot) => readValue(pool.find(storageRoot, keccak256(fromHex(slot))))
}

/** Nonce, balance, storage root, code hash: Yellow Paper section 4.1. */
function readAccount(bytes: Uint8Array): { storageRoot: Uint8Array; actual: Hash } {
  const fields = decodeRlp(bytes)
  const [, , storageRoot, code] = fields instanceof Uint8Array ? [] : fields
  if (!isHash(storageRoot) || !isHash(code)) throw new RangeError('expected an account')
  return { storageRoot, actual: toHash(code) }
}

/** A word in RLP, without its leading zeros. */
function readValue(bytes: Uint8Array | undefined): bigint {
  if (bytes === undefined) return 0n
  const value = decodeRlp(bytes)
  if (!(value instanceof Uint8Array) || value.length > 32 || !value[0]) {
    throw new RangeError('expected a word')
  }
  return BigInt(`0x${toHex(value)}`)
}

function isHash(item: RlpItem | undefined): item is Uint8Array {
  return item instanceof Uint8Array && item.length === 32
}
