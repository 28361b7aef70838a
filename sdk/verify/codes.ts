/**
 * Every answer that a check can give, in one table.
 *
 * A code is stable: it may be added, never renamed or reused. Programs switch on `code`; people read
 * the sentences of `texts/`, which may be reworded at any time. Each code has one status, wherever it
 * is given, and names the facts that its sentences may use.
 *
 * @module
 */
import type { CheckStatus } from '../model/report.ts'

interface CodeEntry {
  readonly status: CheckStatus
  readonly facts: readonly string[]
}

const passed = <const F extends readonly string[]>(...facts: F) =>
  ({ status: 'passed', facts }) as const
const failed = <const F extends readonly string[]>(...facts: F) =>
  ({ status: 'failed', facts }) as const
const undecided = <const F extends readonly string[]>(...facts: F) =>
  ({ status: 'undecided', facts }) as const
const skipped = <const F extends readonly string[]>(...facts: F) =>
  ({ status: 'skipped', facts }) as const

/**
 * The table. Times are in Unix seconds; `chain` and `chains` are the names that the policy gives;
 * `reason` is for developers, in English.
 */
export const checkCodes = {
  // Anywhere
  NOT_REACHED: skipped(),
  INTERNAL: undecided('reason'),
  CHAIN_UNREACHABLE: undecided('chains', 'reason'),
  CHAIN_MISMATCH: undecided('chains', 'reason'),
  EVIDENCE_MISSING: undecided('chains', 'reason'),
  CHAIN_NOT_ASKED: skipped(),

  // decode
  DECODED: passed(),
  MALFORMED: failed('reason'),
  RECEIPT_MALFORMED: failed('reason'),
  TOO_LARGE: failed('reason'),
  HEADER_REFUSED: failed('reason'),
  KID_MALFORMED: failed('reason'),
  ISSUER_MISMATCH: failed('reason'),
  CREDENTIAL_MALFORMED: failed('reason'),
  PRESENTATION_MALFORMED: failed('reason'),
  BUNDLE_MALFORMED: failed('reason'),
  PROOF_MISSING: failed('reason'),
  PROOF_UNSUPPORTED: failed('reason'),
  PROOF_AMBIGUOUS: failed('reason'),
  PROOF_MALFORMED: failed('reason'),
  PROOF_PURPOSE_MISMATCH: failed('reason'),
  CONTEXT_UNAVAILABLE: undecided('reason'),
  DISCLOSURE_MALFORMED: failed('reason'),
  DISCLOSURE_HASH_UNKNOWN: failed('reason'),
  DISCLOSURE_UNREFERENCED: failed('reason'),
  DISCLOSURE_REPEATED: failed('reason'),
  DISCLOSURE_COLLISION: failed('reason'),
  DISCLOSURE_FORBIDDEN: failed('reason'),
  KEY_BINDING_MALFORMED: failed('reason'),
  KEY_BINDING_UNNAMED: failed('reason'),
  KEY_BINDING_MISMATCH: failed('reason'),

  // format
  FORMAT_ACCEPTED: passed('format', 'algorithm'),
  FORMAT_UNKNOWN: failed('reason'),
  ALGORITHM_NOT_ALLOWED: failed('reason'),
  TERMS_UNDEFINED: failed('reason'),

  // signature
  SIGNATURE_VALID: passed('issuer'),
  SIGNATURE_INVALID: failed('issuer'),
  KEY_UNRESOLVED: undecided('issuer', 'reason'),
  KEY_INVALID: failed('issuer', 'reason'),
  DID_METHOD_UNSUPPORTED: undecided('issuer', 'method'),
  KEY_UNBOUND: undecided('issuer'),

  // validity
  IN_PERIOD: passed(),
  NOT_YET_VALID: failed('validFrom'),
  EXPIRED: failed('validUntil'),

  // anchor
  ANCHORED: passed('anchoredAt', 'chains'),
  RECEIPT_MISMATCH: failed('reason'),
  ANCHOR_PENDING: undecided('anchored', 'needed', 'until'),
  ANCHOR_MISSING: failed('anchored', 'needed'),
  ANCHOR_NOT_REQUIRED: skipped(),
  ANCHOR_FOREIGN: skipped(),
  NO_CHAINS: undecided(),

  // issuer-key
  KEY_REGISTERED: passed('judgedAt', 'chains'),
  ISSUER_UNKNOWN: failed('issuer', 'chains'),
  ISSUER_FOREIGN: undecided('issuer', 'chains'),
  ISSUER_ANNULLED: failed('issuer', 'chains'),
  ISSUER_RELEASED: failed('issuer', 'judgedAt', 'chains'),
  ISSUER_NOT_YET_CONFIRMED: failed('issuer', 'judgedAt', 'chains'),
  KEY_NOT_REGISTERED: failed('chains'),
  KEY_ANNULLED: failed('chains'),
  KEY_NOT_YET_REGISTERED: failed('registeredAt', 'judgedAt', 'chains'),
  KEY_RETIRED: failed('retiredAt', 'judgedAt', 'chains'),
  KEY_COMPROMISED: failed('compromisedSince', 'judgedAt', 'chains'),

  // accreditation
  ACCREDITED: passed('scopes', 'judgedAt', 'chains'),
  NOT_ACCREDITED: failed('scopes', 'chains'),
  ACCREDITATION_FOREIGN: skipped(),
  SCOPE_NOT_COVERED: failed('scopes', 'chains'),
  SCOPE_UNKNOWN: failed('reason'),
  ACCREDITATION_WITHDRAWN: failed('scopes', 'withdrawnFrom', 'judgedAt', 'chains'),
  ACCREDITATION_ANNULLED: failed('scopes', 'chains'),
  ACCREDITATION_EXPIRED: failed('scopes', 'validUntil', 'judgedAt', 'chains'),
  ACCREDITATION_NOT_YET: failed('scopes', 'validFrom', 'judgedAt', 'chains'),

  // status
  NOT_REVOKED: passed('readAt', 'chains'),
  LIST_NOT_REVOKED: passed(),
  REVOKED: failed('source'),
  SUSPENDED: failed('source'),
  STATUS_NONE: skipped(),
  STATUS_MISSING: failed(),
  STATUS_MALFORMED: failed('reason'),
  STATUS_INDEX_MISMATCH: failed('index', 'listIndex'),
  STATUS_STALE: undecided('readAt', 'chains'),
  STATUS_UNSUPPORTED: undecided('types'),
  STATUS_LIST_FOREIGN: failed('url'),
  STATUS_LIST_CONTRADICTS_CHAIN: failed('url', 'chains'),
  STATUS_LIST_UNREACHABLE: undecided('url', 'reason'),
  STATUS_LIST_INVALID: undecided('url', 'reason'),

  // holder
  HOLDER_PROVEN: passed('holder'),
  REQUEST_ANSWERED: passed('holder'),
  HOLDER_NOT_PRESENTED: skipped(),
  HOLDER_UNCHALLENGED: skipped('holder'),
  HOLDER_UNNAMED: failed(),
  HOLDER_MISMATCH: failed('holder', 'subject'),
  CHALLENGE_MISMATCH: failed(),
  DOMAIN_MISMATCH: failed('expected'),
  PRESENTATION_INVALID: failed(),
  PRESENTATION_UNDECIDED: undecided(),

  // schema
  SCHEMA_MATCHED: passed('schema'),
  SCHEMA_VIOLATED: failed('problems'),
  RESULTS_INCONSISTENT: failed('problems'),
  EMBEDDED_INVALID: failed('place', 'reason'),
  EMBEDDED_UNDECIDED: undecided('place', 'reason'),
  SCHEMA_NOT_CHECKED: skipped('types'),
  CONTEXT_UNKNOWN: skipped('contexts'),
} as const satisfies Readonly<Record<string, CodeEntry>>

/** A stable answer of a check. */
export type CheckCode = keyof typeof checkCodes

/** The names of the facts that the sentences of `C` may use. */
export type FactName<C extends CheckCode> = (typeof checkCodes)[C]['facts'][number]

/** Tells whether `text` is a code of this version. */
export function isCheckCode(text: string): text is CheckCode {
  return Object.hasOwn(checkCodes, text)
}
