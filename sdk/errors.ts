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
  /** Outside data does not have the shape it must have; `problems` name member and rule. */
  INPUT_INVALID: { input: string; problems: readonly string[] }
  /** A DID could not be resolved now; trying again may help. */
  DID_UNREACHABLE: { did: string; reason: string }
  /** A DID does not exist, or its document is not one. */
  DID_INVALID: { did: string; reason: string }
  /** A token or document is refused; `code` of the check is the stable reason. */
  TOKEN_INVALID: { code: string; reason: string }
}

export type ErrorCode = keyof ErrorFacts

const texts: { [C in ErrorCode]: (facts: ErrorFacts[C]) => { message: string; hint: string } } = {
  CHAIN_UNREACHABLE: ({ url, reason }) => ({
    message: `No answer from the chain node at ${url}: ${reason}.`,
    hint: 'Retry, or name another node in the policy.',
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
  DID_INVALID: ({ did, reason }) => ({
    message: `${did} does not resolve: ${reason}.`,
    hint: 'Check the DID and its document.',
  }),
  TOKEN_INVALID: ({ reason }) => ({
    message: `Refused: ${reason}.`,
    hint: 'Ask the sender for the credential as it was issued.',
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
