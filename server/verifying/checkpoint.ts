import { RegistryError, signCheckpoint, type BlockRef } from '#sdk'
import type { Chain, Context } from '../context.ts'

/**
 * Says of the newest final block of a chain that it is final, so that bundles of it verify offline. Throws
 * CHECKPOINT_UNAVAILABLE if this server has no key that verifiers of the chain could trust.
 */
export async function checkpointOf(context: Context, chainId: number): Promise<string> {
  const chain = context.chains.find(({ pin }) => pin.chainId === chainId)
  const checkpoint = chain && (await vouchFor(context, chain))
  if (checkpoint !== undefined) return checkpoint
  throw new RegistryError('CHECKPOINT_UNAVAILABLE', { chainId })
}

/** The same, if the server has a key. */
export async function vouchFor(
  { now }: Pick<Context, 'now'>,
  chain: Chain,
): Promise<string | undefined> {
  const { pin, recent, checkpointer } = chain
  if (checkpointer === undefined) return undefined
  const { block } = await recent.view()
  await chain.settle()
  return signCheckpoint(claimOf(block, now()), pin, checkpointer)
}

function claimOf({ number, hash }: BlockRef, now: Date) {
  return { number, hash, issuedAt: Math.floor(now.getTime() / 1000) }
}
