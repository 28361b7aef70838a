/**
 * What verification asks of a chain. Three sources answer behind this one interface: online
 * (`online-source.ts`), a bundle, and a mirror.
 *
 * @module
 */
import type { ChainPin } from '../model/policy.ts'
import type { Address, Hash, Seconds } from '../model/primitives.ts'
import type { BlockRef } from '../model/report.ts'

/** What an account may do; the numbers are those of `IAccreditations.Right`. */
export const rights = ['attest', 'accredit', 'anchor'] as const
/** One of {@link rights}. */
export type Right = (typeof rights)[number]

/** One record of the AccreditationRegistry. All times in Unix seconds, periods half-open. */
export interface AccreditationRecord {
  subject: Address
  right: Right
  /** The on-chain scope, from `scopeHash`. */
  scope: Hash
  accreditor: Address
  /** Position among this accreditor's records for the same subject, right and scope. */
  number: number
  validFrom: Seconds
  validUntil: Seconds
  /** 0: not withdrawn. */
  withdrawnFrom: Seconds
  annulled: boolean
}

/** A period in which an account spoke for an issuer. */
export interface IssuerBinding {
  account: Address
  from: Seconds
  until: Seconds
  annulled: boolean
}

/** What the registry knows of an issuer; `undefined` where it knows nothing. */
export interface IssuerState {
  sponsor: Address
  custodian: Address
  bindings: readonly IssuerBinding[]
}

/** One signing key; 0 means "not" in each time. */
export interface KeyState {
  registeredAt: Seconds
  retiredAt: Seconds
  compromisedSince: Seconds
  /** Number of the issuer's binding in whose period it was registered. */
  binding: number
}

/** One anchored batch. */
export interface AnchorState {
  anchoredAt: Seconds
  leafCount: number
}

/** 256 entries of both status maps; entry i of the word is bit `255 - i`. */
export interface StatusWord {
  revoked: bigint
  suspended: bigint
}

/** A chain as it was at one block. Every answer is of that block; the same question is sent once. */
export interface ChainView {
  readonly pin: ChainPin
  readonly block: BlockRef
  /** The batch that `operator` anchored as `root`; `undefined` if it never did. */
  anchorOf(operator: Address, root: Hash): Promise<AnchorState | undefined>
  /** Who spoke for an issuer, when; `undefined` if nobody ever confirmed it. */
  issuerOf(issuerId: Hash): Promise<IssuerState | undefined>
  /** A signing key by its JWK thumbprint; `undefined` if nothing is known of it. */
  keyOf(issuerId: Hash, thumbprint: Hash): Promise<KeyState | undefined>
  /** Every record that was ever written for `subject`. */
  accreditationsOf(subject: Address): Promise<readonly AccreditationRecord[]>
  /** `list` and `word` as in the StatusRegistry; a word that was never written is zero. */
  statusOf(issuerId: Hash, list: bigint, word: number): Promise<StatusWord>
}

/** A chain that can be looked at. */
export interface ChainSource {
  readonly pin: ChainPin
  /**
   * Looks at the newest block that is final under the pin. Views are shared between callers until a
   * newer final block is asked for.
   *
   * @throws {@link RegistryError} `CHAIN_UNREACHABLE` if no endpoint answers, `CHAIN_MISMATCH` if one
   *   answers for another chain id, creation block or contract code.
   */
  view(): Promise<ChainView>
}
