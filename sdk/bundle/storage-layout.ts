/**
 * Where the registries keep what they know: the storage layout that Solidity gives their contracts. A verifier pins
 * the code's hash, and the code fixes the layout; a test holds this file to the compiler's own account of it.
 *
 * @module
 */
import { keccak256 } from '../anchor/keccak.ts'
import { wordOf, type Argument } from '../chain/abi-words.ts'
import type { RecordName } from '../chain/registry-calls.ts'
import { rights } from '../chain/source.ts'
import { concatBytes, fromHex, toHash } from '../lib/bytes.ts'
import { Address, type Hash } from '../model/primitives.ts'

/** Slots of the mappings, in the order in which the contracts declare them. */
const at = {
  records: 3,
  issuers: 4,
  bindings: 5,
  keys: 6,
  anchors: 3,
  revoked: 3,
  suspended: 4,
} as const

/** Of the AccreditationRegistry: one record. */
export function recordSlot({ subject, right, scope, accreditor, number }: RecordName): Hash {
  const key = hashOf(subject, rights.indexOf(right), scope, accreditor, number)
  return mapped(at.records, key)
}

/** Of the AccreditationRegistry: an issuer's sponsor and number of bindings; its custodian in the slot after. */
export function issuerSlot(issuerId: Hash): Hash {
  return mapped(at.issuers, issuerId)
}

/** Of the AccreditationRegistry: one binding of an issuer. */
export function bindingSlot(issuerId: Hash, number: number): Hash {
  return mapped(at.bindings, issuerId, number)
}

/** Of the AccreditationRegistry: a key of an issuer. */
export function keySlot(issuerId: Hash, thumbprint: Hash): Hash {
  return mapped(at.keys, issuerId, thumbprint)
}

/** Of the AnchorRegistry: one batch. */
export function anchorSlot(operator: Address, root: Hash): Hash {
  return mapped(at.anchors, operator, root)
}

/** Of the StatusRegistry: 256 entries of one of the two maps. */
export function statusSlot(
  map: 'revoked' | 'suspended',
  issuerId: Hash,
  list: bigint,
  word: number,
): Hash {
  return mapped(at[map], issuerId, list, word)
}

/** The slot after `slot`. */
export function nextSlot(slot: Hash): Hash {
  return wordOf(BigInt.asUintN(256, BigInt(slot) + 1n))
}

/** A member of a packed slot: `size` bytes, `offset` bytes from the low end. */
export function member(word: bigint, offset: number, size: number): number {
  return Number(BigInt.asUintN(8 * size, word >> BigInt(8 * offset)))
}

/** An address of a packed slot, `offset` bytes from the low end. */
export function addressMember(word: bigint, offset: number): Address {
  const digits = BigInt.asUintN(160, word >> BigInt(8 * offset)).toString(16)
  return Address.parse(`0x${digits.padStart(40, '0')}`)
}

/** The slot of a value under `keys` in mappings of mappings. */
function mapped(slot: number, ...keys: readonly Argument[]): Hash {
  return keys.reduce<Hash>((inner, key) => hashOf(key, inner), wordOf(slot))
}

function hashOf(...words: readonly Argument[]): Hash {
  return toHash(keccak256(concatBytes(...words.map((word) => fromHex(wordOf(word))))))
}
