import { isRegistryError } from '#sdk'
import { alarm } from './alarm.ts'
import type { Reconciling } from './reconciling.ts'
import type { Call } from './registry-calls.ts'

type Needs = Pick<Reconciling, 'store' | 'log' | 'now' | 'chain' | 'operator' | 'final' | 'lost'>

/**
 * Sends a transaction: signed, written to the store, and only then handed to the chain, so that after a
 * crash at any moment the same bytes are sent again, never others.
 *
 * Answers whether it was written down. What the chain would refuse now is not sent, but alarmed.
 */
export async function sendTransaction(needs: Needs, kind: string, call: Call): Promise<boolean> {
  const { store, chain, operator, final } = needs
  const { client, pin } = chain
  const sender = operator.address
  const gas = await client.estimateGas({ from: sender, ...call }).catch(refused(needs, kind))
  if (gas === undefined) return false

  const [fees, next, open] = await Promise.all([
    client.fees(),
    client.nonceOf(sender, final.block),
    store.transactions.open(pin.chainId),
  ])
  // A node that lags behind does not know the last ones yet.
  const nonce = Math.max(next, ...open.map((transaction) => transaction.nonce + 1))
  needs.lost.throwIfAborted()
  const signed = await operator.signTransaction({
    ...call,
    ...fees,
    chainId: pin.chainId,
    nonce,
    gasLimit: (gas * 5n) / 4n,
  })
  await store.transactions.prepare({ ...signed, chainId: pin.chainId, sender, nonce, kind })
  await broadcast(needs, kind, signed.raw)
  return true
}

/** Hands bytes to the chain. What it refuses stays written down, is alarmed, and is tried again. */
export async function broadcast(needs: Needs, kind: string, raw: `0x${string}`): Promise<void> {
  needs.lost.throwIfAborted()
  await needs.chain.client.broadcast(raw).catch(refused(needs, kind))
}

function refused({ log, now, chain }: Needs, kind: string) {
  return (error: unknown): undefined => {
    if (!isRegistryError(error) || error.code !== 'TRANSACTION_REFUSED') throw error
    alarm({ log, now }, 'transaction refused', { kind, chain: chain.pin.name, ...error.facts })
  }
}
