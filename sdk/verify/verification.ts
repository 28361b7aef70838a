import type { DecodedCredential } from '../formats/decoded.ts'
import type { Policy } from '../model/policy.ts'
import type { Hash, Seconds } from '../model/primitives.ts'
import type { Receipt } from '../model/receipt.ts'
import type { ChainLooks } from './chains.ts'
import type { KnownSchemas } from './schemas.ts'

/** What the checks of one verification share: parsed once, looked up once. */
export interface Verification {
  readonly policy: Policy
  readonly now: Seconds
  readonly decoded: DecodedCredential
  /** The issuer's name on chain. */
  readonly issuerId: Hash
  readonly receipt: Receipt | undefined
  readonly looks: ChainLooks
  /** Whether it is from elsewhere; see `foreign.ts`. */
  readonly isForeign: boolean
  /** The JSON schemas that the verifier brings along. */
  readonly schemas?: KnownSchemas | undefined
}
