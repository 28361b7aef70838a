/**
 * The registries as their storage says they are, for the questions of one credential.
 *
 * @module
 */
import type { RecordName } from '../chain/registry-calls.ts'
import type {
  AccreditationRecord,
  AnchorState,
  IssuerState,
  KeyState,
  StatusWord,
} from '../chain/source.ts'
import type { Address, Hash } from '../model/primitives.ts'
import type { ReadSlot } from './state-proof.ts'
import {
  addressMember,
  anchorSlot,
  bindingSlot,
  issuerSlot,
  keySlot,
  member,
  nextSlot,
  recordSlot,
  statusSlot,
} from './storage-layout.ts'

/** One record of the AccreditationRegistry; `undefined` if there is none of that name. */
export function readRecord(read: ReadSlot, name: RecordName): AccreditationRecord | undefined {
  const word = read(recordSlot(name))
  const validFrom = member(word, 0, 5)
  if (validFrom === 0) return undefined
  const { subject, right, scope, accreditor, number } = name
  return {
    subject,
    right,
    scope,
    accreditor,
    number,
    validFrom,
    validUntil: member(word, 5, 5),
    withdrawnFrom: member(word, 10, 5),
    annulled: member(word, 15, 1) !== 0,
  }
}

/** An issuer with all its bindings; `undefined` if nobody confirmed it. */
export function readIssuer(read: ReadSlot, issuerId: Hash): IssuerState | undefined {
  const slot = issuerSlot(issuerId)
  const head = read(slot)
  if (BigInt.asUintN(160, head) === 0n) return undefined
  const bindings = Array.from({ length: member(head, 20, 4) }, (_, number) => {
    const word = read(bindingSlot(issuerId, number))
    return {
      account: addressMember(word, 0),
      from: member(word, 20, 5),
      until: member(word, 25, 5),
      annulled: member(word, 30, 1) !== 0,
    }
  })
  return {
    sponsor: addressMember(head, 0),
    custodian: addressMember(read(nextSlot(slot)), 0),
    bindings,
  }
}

/** A key of an issuer; `undefined` if nothing is known of it. */
export function readKey(read: ReadSlot, issuerId: Hash, thumbprint: Hash): KeyState | undefined {
  const word = read(keySlot(issuerId, thumbprint))
  const registeredAt = member(word, 0, 5)
  const compromisedSince = member(word, 10, 5)
  if (registeredAt === 0 && compromisedSince === 0) return undefined
  return {
    registeredAt,
    retiredAt: member(word, 5, 5),
    compromisedSince,
    binding: member(word, 15, 4),
  }
}

/** A batch; `undefined` if `operator` never anchored it. */
export function readAnchor(read: ReadSlot, operator: Address, root: Hash): AnchorState | undefined {
  const word = read(anchorSlot(operator, root))
  const anchoredAt = member(word, 0, 5)
  return anchoredAt === 0 ? undefined : { anchoredAt, leafCount: member(word, 5, 4) }
}

/** 256 entries of both status maps. */
export function readStatus(read: ReadSlot, issuerId: Hash, list: bigint, word: number): StatusWord {
  return {
    revoked: read(statusSlot('revoked', issuerId, list, word)),
    suspended: read(statusSlot('suspended', issuerId, list, word)),
  }
}
