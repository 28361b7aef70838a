import { RegistryError, signCheckpoint, type BlockRef } from '#sdk'
import type { Chain, Context } from '../context.ts'

/**
 * Says of the newest final block of a chain that it is final, so that bundles of it verify offline. Throws
 * CHECKPOINT_UNAVAILABLE if this server has no key that verifiers of the chain could trust.
 */
export async function checkpointOf(context: Context, chainId: number): Promise<string> {
  const chain = context.chains.find(({ pin }) => pin.chainId === chainId)
  const { block } = (await chain?.recent.view()) ?? {}
  const checkpoint = chain && block && (await vouchFor(context, chain, block))
  if (checkpoint !== undefined) return checkpoint
  throw new RegistryError('CHECKPOINT_UNAVAILABLE', { chainId })
}

/** Says that a block is final, if the server has a key for that. */
export async function vouchFor(
  { now }: Pick<Context, 'now'>,
  chain: Chain,
  { number, hash }: BlockRef,
): Promise<string | undefined> {
  const { pin, checkpointer } = chain
  if (checkpointer === undefined) return undefined
  await chain.settle()
  const issuedAt = Math.floor(now().getTime() / 1000)
  return signCheckpoint({ number, hash, issuedAt }, pin, checkpointer)
}
