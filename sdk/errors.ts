/**
 * Every failure the SDK reports, in one table.
 *
 * A code is stable: it may be added, never renamed or reused. Callers switch on `code`; people read
 * `message` and `hint`, which may be reworded at any time.
 *
 * @module
 */

/** What each error carries beside its code. Adding a line here is how an error is added. */
export interface ErrorFacts {
  /** An endpoint did not answer, or not with JSON-RPC. */
  CHAIN_UNREACHABLE: { url: string; reason: string }
  /** An endpoint answers for a chain that is not the pinned one. */
  CHAIN_MISMATCH: { url: string; what: string; expected: string; actual: string }
  /** A bundle does not prove what was asked about a chain. */
  EVIDENCE_MISSING: { chain: string; reason: string }
  /** Outside data does not have the shape it must have; `problems` name member and rule. */
  INPUT_INVALID: { input: string; problems: readonly string[] }
  /** A DID could not be resolved now; trying again may help. */
  DID_UNREACHABLE: { did: string; reason: string }
  /** A DID does not exist, or its document is not one. */
  DID_INVALID: { did: string; reason: string }
  /** Nobody here resolves DIDs of its method. */
  DID_UNSUPPORTED: { did: string; method: string }
  /** A token or document is refused; `code` of the check is the stable reason. */
  TOKEN_INVALID: { code: string; reason: string }
  /** A message of OpenID4VCI or OpenID4VP is refused: the protocol's own code, and that of a check. */
  PROTOCOL_REFUSED: { error: string; reason: string; check?: string }

  // Server
  /** A slug or DID that is to be new is taken. */
  ISSUER_EXISTS: { slug: string }
  ISSUER_UNKNOWN: { issuer: string }
  /** The issuer's account or key is not confirmed on a chain yet, or no longer; nothing is signed. */
  ISSUER_NOT_READY: { issuer: string; chain: string; missing: string }
  /** The issuer may not attest this scope for long enough; nothing is signed. */
  NOT_ACCREDITED: { issuer: string; scope: string; chain: string; reason: string }
  /** An award's identifier is taken in this format. */
  CREDENTIAL_EXISTS: { credentialId: string; format: string }
  /** An award was revoked: it is issued in no other format. */
  AWARD_REVOKED: { credentialId: string }
  CREDENTIAL_UNKNOWN: { credential: string }
  /** A credential was anchored too late to count: it has no receipt and never will. */
  CREDENTIAL_LAPSED: { credential: string; reason: string }
  STATUS_LIST_UNKNOWN: { list: string }
  /** This server vouches for no block of the chain. */
  CHECKPOINT_UNAVAILABLE: { chainId: number }
  /** An offer or a request that never was here, or is long over. */
  FLOW_UNKNOWN: { flow: string }
  /** A revocation is to be undone. */
  REVOCATION_FINAL: { credential: string }
  /** A chain that was seen before is not the one it was. */
  CHAIN_CHANGED: { chainId: number; what: string; expected: string; actual: string }
  /** A chain's node or contract will not take a transaction. */
  TRANSACTION_REFUSED: { chainId: number; reason: string }
  /** The embedded chain's node does not start. */
  NODE_FAILED: { reason: string }
  /** Another process works in the data directory. */
  DATA_DIR_IN_USE: { dataDir: string; pid: number }
  /** A stored secret does not open with this LIVRET_KEY. */
  KEY_SEALED: { key: string }
  /** The database cannot be had. */
  STORE_UNREACHABLE: { reason: string }
  /** The server cannot do its work now. */
  NOT_READY: { waitingFor: readonly string[] }
  UNAUTHORIZED: { scheme: string }
  ROUTE_UNKNOWN: { path: string }
  METHOD_NOT_ALLOWED: { method: string; allowed: readonly string[] }
  MEDIA_TYPE_UNSUPPORTED: { expected: readonly string[] }
  BODY_TOO_LARGE: { limitBytes: number }
  RATE_LIMITED: { retryAfterSeconds: number }
}

/** The stable identifiers of all errors. */
export type ErrorCode = keyof ErrorFacts

const texts: { [C in ErrorCode]: (facts: ErrorFacts[C]) => { message: string; hint: string } } = {
  CHAIN_UNREACHABLE: ({ url, reason }) => ({
    message: `No answer from the chain node at ${url}: ${reason}.`,
    hint: 'Retry, or name another node in the policy.',
  }),
  EVIDENCE_MISSING: ({ chain, reason }) => ({
    message: `The bundle does not prove enough about ${chain}: ${reason}.`,
    hint: 'Make a new bundle, or verify online.',
  }),
  CHAIN_MISMATCH: ({ url, what, expected, actual }) => ({
    message: `The node at ${url} serves another chain: ${what} is ${actual}, expected ${expected}.`,
    hint: 'Check the node, or the pins of the policy.',
  }),
  INPUT_INVALID: ({ input, problems }) => ({
    message: `Invalid ${input}: ${problems.join('; ')}.`,
    hint: 'Correct the members named above.',
  }),
  DID_UNREACHABLE: ({ did, reason }) => ({
    message: `${did} cannot be resolved now: ${reason}.`,
    hint: 'Retry later, or bring the receipt, which holds the key.',
  }),
  DID_UNSUPPORTED: ({ did, method }) => ({
    message: `${did} cannot be resolved here: no resolver for did:${method}.`,
    hint: 'Add a resolver for the method, or ask for a credential under another DID.',
  }),
  DID_INVALID: ({ did, reason }) => ({
    message: `${did} does not resolve: ${reason}.`,
    hint: 'Check the DID and its document.',
  }),
  TOKEN_INVALID: ({ reason }) => ({
    message: `Refused: ${reason}.`,
    hint: 'Ask the sender for the credential as it was issued.',
  }),
  PROTOCOL_REFUSED: ({ error, reason }) => ({
    message: `Refused (${error}): ${reason}.`,
    hint: 'Start again with a new offer or request.',
  }),

  ISSUER_EXISTS: ({ slug }) => ({
    message: `There is an issuer "${slug}" already.`,
    hint: 'Choose another slug.',
  }),
  ISSUER_UNKNOWN: ({ issuer }) => ({
    message: `There is no issuer "${issuer}" here.`,
    hint: 'GET /issuers lists them.',
  }),
  ISSUER_NOT_READY: ({ issuer, chain, missing }) => ({
    message: `${issuer} cannot issue: on ${chain}, ${missing}.`,
    hint: 'The accreditor confirms the issuer; then the server registers its key by itself.',
  }),
  NOT_ACCREDITED: ({ issuer, scope, chain, reason }) => ({
    message: `${issuer} may not issue ${scope}: on ${chain}, ${reason}.`,
    hint: 'Ask the authority for an accreditation that covers the scope.',
  }),
  CREDENTIAL_EXISTS: ({ credentialId, format }) => ({
    message: `${credentialId} was issued as ${format} already.`,
    hint: 'Leave the id out to get a new one, or fetch the credential that exists.',
  }),
  AWARD_REVOKED: ({ credentialId }) => ({
    message: `${credentialId} was revoked; it is issued in no other format.`,
    hint: 'Leave the id out to issue a new award.',
  }),
  CREDENTIAL_UNKNOWN: ({ credential }) => ({
    message: `There is no credential ${credential} here.`,
    hint: 'Check the id, or the locator.',
  }),
  CREDENTIAL_LAPSED: ({ credential, reason }) => ({
    message: `Credential ${credential} was anchored too late to count: ${reason}.`,
    hint: 'Issue it anew once the issuer is accredited again.',
  }),
  CHECKPOINT_UNAVAILABLE: ({ chainId }) => ({
    message: `This server signs no checkpoints of chain ${String(chainId)}.`,
    hint: 'Ask the authority of the chain for one, or pin a block in the policy.',
  }),
  STATUS_LIST_UNKNOWN: ({ list }) => ({
    message: `There is no status list ${list} here.`,
    hint: 'Take the address from the credential.',
  }),
  FLOW_UNKNOWN: ({ flow }) => ({
    message: `There is no offer or request ${flow} here.`,
    hint: 'It may have expired; make a new one.',
  }),
  REVOCATION_FINAL: ({ credential }) => ({
    message: `${credential} is revoked, for good.`,
    hint: 'Issue a new credential; what may come back is suspended instead.',
  }),
  CHAIN_CHANGED: ({ chainId, what, expected, actual }) => ({
    message: `Chain ${String(chainId)} is not the one it was: ${what} is ${actual}, it was ${expected}.`,
    hint: 'Check the configured chain; a new chain needs a new store, or another chain id.',
  }),
  TRANSACTION_REFUSED: ({ chainId, reason }) => ({
    message: `Chain ${String(chainId)} refuses the transaction: ${reason}.`,
    hint: 'Look at the reason: a missing right, a spent signature, or an account without funds.',
  }),
  NODE_FAILED: ({ reason }) => ({
    message: `The embedded chain does not start: ${reason}.`,
    hint: 'See chain/anvil.log in the data directory.',
  }),
  DATA_DIR_IN_USE: ({ dataDir, pid }) => ({
    message: `Another Livret (process ${String(pid)}) is running in ${dataDir}.`,
    hint: 'Stop it, or set LIVRET_DATA_DIR to another directory.',
  }),
  KEY_SEALED: ({ key }) => ({
    message: `Key ${key} does not open with this LIVRET_KEY.`,
    hint: 'Set the LIVRET_KEY that the store was made with.',
  }),
  STORE_UNREACHABLE: ({ reason }) => ({
    message: `The database cannot be had: ${reason}.`,
    hint: 'Check DATABASE_URL, or the data directory.',
  }),
  NOT_READY: ({ waitingFor }) => ({
    message: `Not ready: waiting for ${waitingFor.join(', ')}.`,
    hint: 'Try again soon.',
  }),
  UNAUTHORIZED: ({ scheme }) => ({
    message: `This needs a valid ${scheme} token.`,
    hint: 'Send "Authorization: Bearer <LIVRET_TOKEN>".',
  }),
  ROUTE_UNKNOWN: ({ path }) => ({
    message: `There is nothing at ${path}.`,
    hint: 'GET /openapi.json lists what there is.',
  }),
  METHOD_NOT_ALLOWED: ({ method, allowed }) => ({
    message: `${method} is not possible here.`,
    hint: `Possible: ${allowed.join(', ')}.`,
  }),
  MEDIA_TYPE_UNSUPPORTED: ({ expected }) => ({
    message: 'The body has a media type that is not read here.',
    hint: `Send one of: ${expected.join(', ')}.`,
  }),
  BODY_TOO_LARGE: ({ limitBytes }) => ({
    message: `The body is larger than ${String(limitBytes)} bytes.`,
    hint: 'Send less at once.',
  }),
  RATE_LIMITED: ({ retryAfterSeconds }) => ({
    message: 'Too many requests.',
    hint: `Try again in ${String(retryAfterSeconds)} seconds.`,
  }),
}

/**
 * The one error class the SDK throws.
 *
 * @example
 * ```ts
 * if (isRegistryError(error) && error.code === 'INPUT_INVALID') console.log(error.facts.problems)
 * ```
 */
export class RegistryError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'RegistryError'
  /** Stable identifier, safe to switch on. */
  readonly code: C
  /** The values that make up the message, for logs and user interfaces. */
  readonly facts: ErrorFacts[C]
  /** What the reader can do about it. */
  readonly hint: string

  constructor(code: C, facts: ErrorFacts[C], options?: { cause?: unknown }) {
    const { message, hint } = texts[code](facts)
    super(message, options)
    this.code = code
    this.facts = facts
    this.hint = hint
  }
}

/** The union of all registry errors; switching on `code` narrows `facts`. */
export type AnyRegistryError = { [C in ErrorCode]: RegistryError<C> }[ErrorCode]

/** Tells whether `error` was thrown by this SDK. */
export function isRegistryError(error: unknown): error is AnyRegistryError {
  return error instanceof RegistryError
}
