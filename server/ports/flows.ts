/**
 * What OpenID4VCI and OpenID4VP remember between two messages. Any process may get the next one.
 *
 * @module
 */

/** An offer on its way into a wallet, or a request on its way to an answer. */
export interface Flow {
  id: string
  kind: 'issuance' | 'presentation'
  /** JSON; whoever reads it parses it. Gone with the flow. */
  data: unknown
  /** Counts the changes, so that two processes never undo each other's. */
  version: number
  expiresAt: Date
}

/** Something unguessable that stands for a flow. The store keeps its hash only. */
export interface FlowSecret {
  purpose: SecretPurpose
  text: string
  expiresAt: Date
  /** JSON that belongs to it. */
  detail?: unknown
}

type SecretPurpose =
  | 'offer'
  | 'pre-authorized-code'
  | 'issuer-state'
  | 'pushed-request'
  | 'authorization-code'
  | 'access-token'
  | 'transaction'
  | 'notification'
  | 'request-object'
  | 'response-place'
  | 'state'
  | 'response-code'

/** A flow that was found by a secret. */
interface FoundFlow {
  flow: Flow
  detail: unknown
}

export interface FlowStore {
  open(flow: Omit<Flow, 'version'>, secrets: readonly FlowSecret[]): Promise<void>
  /** A flow that is not over. */
  byId(id: string): Promise<Flow | undefined>
  /** The flow of a secret, unless either is over. */
  bySecret(purpose: SecretPurpose, text: string): Promise<FoundFlow | undefined>
  /** The same, and nobody ever finds it by this secret again. */
  take(purpose: SecretPurpose, text: string): Promise<FoundFlow | undefined>
  addSecret(flow: string, secret: FlowSecret): Promise<void>
  /** Counts a wrong guess; at `limit` the secret is gone. */
  countFailure(purpose: SecretPurpose, text: string, limit: number): Promise<void>
  /** Saves `data` and `expiresAt`; false, and nothing is changed, if the flow has changed since it was read. */
  save(flow: Flow): Promise<boolean>
  /** True for the first who uses `text` before it expires: nonces, identifiers of proofs. */
  useOnce(purpose: 'nonce' | 'dpop', text: string, expiresAt: Date): Promise<boolean>
  /** Forgets what is over; answers how many flows that were. */
  removeExpired(): Promise<number>
}
