/**
 * What the use cases see of the world. Only `main.ts` knows what stands behind these interfaces.
 *
 * @module
 */
import type { Verifier } from '#sdk'
import type { Config } from './config.ts'
import type { Chain } from './ports/chain.ts'
import type { Jobs } from './ports/jobs.ts'
import type { Keys } from './ports/keys.ts'
import type { Log } from './ports/log.ts'
import type { SignIn } from './ports/sign-in.ts'
import type { Store } from './ports/store.ts'

export type { Config } from './config.ts'
export type * from './ports/chain.ts'
export type * from './ports/flows.ts'
export type * from './ports/jobs.ts'
export type * from './ports/keys.ts'
export type * from './ports/log.ts'
export type * from './ports/records.ts'
export type * from './ports/sign-in.ts'
export type * from './ports/store.ts'

/** Everything a use case may use; made once in `main.ts`. */
export interface Context {
  config: Config
  /** The only clock. */
  now: () => Date
  log: Log
  store: Store
  keys: Keys
  /** The configured chains; at least one. */
  chains: readonly Chain[]
  jobs: Jobs
  /** Verifies under the server's own policy: its chains. */
  verifier: Verifier
  /** How holders sign in; undefined: nobody does, and offers go by their codes. */
  signIn?: SignIn
}
