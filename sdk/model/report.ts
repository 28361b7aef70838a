/**
 * What verifying says: checks, each with a stable code, and the verdict over them.
 *
 * @module
 */
import type { Address, Hash, IssuerId, Seconds } from './primitives.ts'
import type { Format } from './format.ts'

/** The questions of a verification, in the order in which they are asked. */
export const checkNames = [
  'decode',
  'format',
  'signature',
  'validity',
  'anchor',
  'issuer-key',
  'accreditation',
  'status',
  'holder',
  'schema',
] as const
/** The name of one question. */
export type CheckName = (typeof checkNames)[number]

/** `undecided`: the answer could not be had. `skipped`: the question does not arise. */
export type CheckStatus = 'passed' | 'failed' | 'undecided' | 'skipped'

/** A block that an answer was read at. */
export interface BlockRef {
  chainId: number
  number: number
  hash: Hash
  /** Unix seconds. */
  timestamp: Seconds
}

/** The answer to one question. */
export interface Check {
  name: CheckName
  status: CheckStatus
  /** Stable; may be added, never renamed or reused. `sdk/verify/codes.ts` has them all, with their words. */
  code: string
  /** What the sentence of the code is filled with. Never a person's data beyond what the credential itself says. */
  facts: Readonly<Record<string, string | number | readonly string[]>>
  /** The blocks that the answer was read at; none if no chain was asked. */
  blocks: readonly BlockRef[]
}

/** The answer to all questions together; see `verdictOf`. */
export type Verdict = 'valid' | 'invalid' | 'undecided'

/** What a verification found. */
export interface Report {
  verdict: Verdict
  checks: readonly Check[]
  /** When it was verified. */
  verifiedAt: Seconds
  /** The time at which key and accreditation were judged: the anchor's, else now. */
  judgedAt?: Seconds
  format?: Format
  issuer?: IssuerId
  /** The account that spoke for the issuer at `judgedAt`. */
  issuerAccount?: Address
}
