import type { ChainView } from '#sdk'
import type { AccountSigner, Chain, Context } from '../context.ts'

/** What one pass of the reconciler over one chain works with. */
export interface Reconciling extends Pick<Context, 'store' | 'keys' | 'log' | 'now'> {
  chain: Chain
  /** Sends the transactions. */
  operator: AccountSigner
  /** The newest final block: what is there for good. */
  final: ChainView
  /** The newest block: what need not be sent again. */
  latest: ChainView
  /** Aborted when another process may be at this chain: then nothing more is sent. */
  lost: AbortSignal
}
