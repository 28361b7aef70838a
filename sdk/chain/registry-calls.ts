/**
 * The questions that verification asks of the registries, as `eth_call` takes and answers them. The signatures are
 * those of `contracts/interfaces/`.
 *
 * @module
 */
import { Address, type Hash } from '../model/primitives.ts'
import { addressOf, encoderOf, numberOf } from './abi-words.ts'
import {
  rights,
  type AccreditationRecord,
  type AnchorState,
  type IssuerBinding,
  type KeyState,
  type Right,
  type StatusWord,
} from './source.ts'

/** A question: what to send, of how many words the answer is, and what they mean (`RangeError`: nothing). */
export interface RegistryCall<Answer> {
  data: string
  words: number
  read: (words: readonly Hash[]) => Answer
}

/** More bindings than any issuer has: a node that says so is not believed. */
const mostBindings = 10_000

const zeroAddress = Address.parse(`0x${'0'.repeat(40)}`)

/** What names an accreditation, as the event `Accredited` gives it. */
export type RecordName = Pick<
  AccreditationRecord,
  'subject' | 'right' | 'scope' | 'accreditor' | 'number'
>

const encode = {
  authority: encoderOf('authority()'),
  accreditationOf: encoderOf('accreditationOf(address,uint8,bytes32,address,uint32)'),
  issuerOf: encoderOf('issuerOf(bytes32)'),
  bindingOf: encoderOf('bindingOf(bytes32,uint32)'),
  keyOf: encoderOf('keyOf(bytes32,bytes32)'),
  anchorOf: encoderOf('anchorOf(address,bytes32)'),
  statusOf: encoderOf('statusOf(bytes32,uint64,uint16[])'),
}

/** The number by which the contracts know a right. */
function numberOfRight(right: Right): number {
  return rights.indexOf(right)
}

/** Of the AccreditationRegistry: its root of trust. */
export function authorityCall(): RegistryCall<Address> {
  return { data: encode.authority(), words: 1, read: ([word]) => addressOf(word) }
}

/** Of the AccreditationRegistry: one record; `undefined` if there is none. */
export function accreditationCall(name: RecordName): RegistryCall<AccreditationRecord | undefined> {
  const { subject, right, scope, accreditor, number } = name
  return {
    data: encode.accreditationOf(subject, numberOfRight(right), scope, accreditor, number),
    words: 5,
    read([validFrom, validUntil, withdrawnFrom, annulment]) {
      if (numberOf(validFrom) === 0) return undefined
      return {
        ...name,
        validFrom: numberOf(validFrom),
        validUntil: numberOf(validUntil),
        withdrawnFrom: numberOf(withdrawnFrom),
        annulled: numberOf(annulment) !== 0,
      }
    },
  }
}

/** What an issuer has beside its bindings. */
export interface IssuerHead {
  sponsor: Address
  custodian: Address
  /** How many bindings there are. */
  bindings: number
}

/** Of the AccreditationRegistry: an issuer; `undefined` if nobody confirmed it. */
export function issuerCall(issuerId: Hash): RegistryCall<IssuerHead | undefined> {
  return {
    data: encode.issuerOf(issuerId),
    words: 3,
    read([sponsor, count, custodian]) {
      if (addressOf(sponsor) === zeroAddress) return undefined
      const bindings = numberOf(count)
      if (bindings > mostBindings) throw new RangeError('too many bindings')
      return { sponsor: addressOf(sponsor), custodian: addressOf(custodian), bindings }
    },
  }
}

/** Of the AccreditationRegistry: one binding of an issuer; `undefined` if there is none. */
export function bindingCall(
  issuerId: Hash,
  number: number,
): RegistryCall<IssuerBinding | undefined> {
  return {
    data: encode.bindingOf(issuerId, number),
    words: 4,
    read([account, from, until, annulled]) {
      if (addressOf(account) === zeroAddress) return undefined
      return {
        account: addressOf(account),
        from: numberOf(from),
        until: numberOf(until),
        annulled: numberOf(annulled) !== 0,
      }
    },
  }
}

/** Of the AccreditationRegistry: a key; `undefined` if nothing is known of it. */
export function keyCall(issuerId: Hash, thumbprint: Hash): RegistryCall<KeyState | undefined> {
  return {
    data: encode.keyOf(issuerId, thumbprint),
    words: 4,
    read(words) {
      const [registeredAt, retiredAt, compromisedSince, binding] = words.map(numberOf)
      if (!registeredAt && !compromisedSince) return undefined
      return {
        registeredAt: registeredAt ?? 0,
        retiredAt: retiredAt ?? 0,
        compromisedSince: compromisedSince ?? 0,
        binding: binding ?? 0,
      }
    },
  }
}

/** Of the AnchorRegistry: a batch; `undefined` if `operator` never anchored it. */
export function anchorCall(operator: Address, root: Hash): RegistryCall<AnchorState | undefined> {
  return {
    data: encode.anchorOf(operator, root),
    words: 2,
    read([anchoredAt, leafCount]) {
      if (numberOf(anchoredAt) === 0) return undefined
      return { anchoredAt: numberOf(anchoredAt), leafCount: numberOf(leafCount) }
    },
  }
}

/** Of the StatusRegistry: one word of a list. Argument and result are lists of one. */
export function statusCall(issuerId: Hash, list: bigint, word: number): RegistryCall<StatusWord> {
  return {
    data: encode.statusOf(issuerId, list, 96, 1, word),
    words: 4,
    read: ([, , revoked, suspended]) => ({
      revoked: BigInt(revoked ?? 0),
      suspended: BigInt(suspended ?? 0),
    }),
  }
}
