import { setTimeout as sleep } from 'node:timers/promises'
import { RegistryError, type Address, type Hash } from '#sdk'
import type { AccountSigner, Chain } from '../../server/context.ts'

const patienceMilliseconds = 600_000

/** Sends a transaction and waits until it is mined. Throws TRANSACTION_REFUSED if it fails. */
export async function sendAndWait(
  chain: Chain,
  signer: AccountSigner,
  call: { to: Address; data: `0x${string}` },
): Promise<void> {
  const { client } = chain
  const { chainId } = chain.pin
  const gas = await client.estimateGas({ from: signer.address, ...call })
  const [fees, nonce] = await Promise.all([client.fees(), client.nonceOf(signer.address)])
  const gasLimit = (gas * 5n) / 4n
  const transaction = { ...call, ...fees, chainId, nonce, gasLimit }
  const { raw, hash } = await signer.signTransaction(transaction)
  await client.broadcast(raw)
  await chain.settle()
  const succeeded = await outcomeOf(client, hash)
  if (succeeded) return
  throw new RegistryError('TRANSACTION_REFUSED', { chainId, reason: `${hash} failed` })
}

async function outcomeOf(client: Chain['client'], hash: Hash): Promise<boolean> {
  for (const started = Date.now(); Date.now() - started < patienceMilliseconds;) {
    const receipt = await client.receiptOf(hash)
    if (receipt !== undefined) return receipt.succeeded
    await sleep(200)
  }
  return false
}
