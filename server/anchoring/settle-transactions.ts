/**
 * What became of the transactions that were sent.
 *
 * @module
 */
import { Address } from '#sdk'
import { Transaction } from 'ethers'
import type { StoredTransaction } from '../context.ts'
import { alarm } from './alarm.ts'
import { raiseFees } from './raise-fees.ts'
import type { Reconciling } from './reconciling.ts'
import { broadcast } from './send-transaction.ts'

type Needs = Omit<Reconciling, 'latest'>
type Receipt = Awaited<ReturnType<Reconciling['chain']['client']['receiptOf']>>

export interface Outstanding {
  /** One is not mined yet: nothing else is sent. */
  isWaiting: boolean
  /** One is not final yet. */
  isOpen: boolean
  /** The newest block with one that is not final. */
  minedUpTo: number
}

/** Looks after every transaction that is not final, in the order of their nonces. */
export async function settleTransactions(needs: Needs): Promise<Outstanding> {
  const { store, chain, operator, final } = needs
  const open = await store.transactions.open(chain.pin.chainId)
  const outstanding = { isWaiting: false, isOpen: false, minedUpTo: 0 }
  if (open.length === 0) return outstanding

  // Before the receipts: one that is mined in between has a receipt, then.
  let next = await chain.client.nonceOf(operator.address, final.block)
  const receipts = new Map(
    await Promise.all(
      open.map(async ({ id, hash }) => [id, await canonical(needs, hash)] as const),
    ),
  )
  for (const rivals of Map.groupBy(open, ({ nonce }) => nonce).values()) {
    const mined = rivals.find(({ id }) => receipts.get(id) !== undefined)
    const receipt = mined && receipts.get(mined.id)
    if (mined && receipt) {
      next = Math.max(next, mined.nonce + 1)
      await supersede(
        needs,
        rivals.filter((rival) => rival !== mined),
      )
      if (await settleMined(needs, mined, receipt)) continue
      outstanding.isOpen = true
      outstanding.minedUpTo = Math.max(outstanding.minedUpTo, receipt.blockNumber)
      continue
    }
    const newest = rivals.at(-1)
    if (newest === undefined) continue
    if (newest.nonce !== next) {
      // Below: another transaction took the nonce. Above: the one before it is gone, and it waits forever.
      const facts = { chain: chain.pin.name, kind: newest.kind, nonce: newest.nonce, next }
      alarm(needs, 'transaction superseded', facts)
      await supersede(needs, rivals)
      continue
    }
    next++
    outstanding.isOpen = true
    outstanding.isWaiting = true
    await sendAgain(needs, newest, rivals)
  }
  return outstanding
}

/** The receipt, if its block is part of the chain. */
async function canonical(
  { chain, final }: Needs,
  hash: StoredTransaction['hash'],
): Promise<Receipt> {
  const receipt = await chain.client.receiptOf(hash, final.block)
  if (receipt === undefined) return undefined
  const blockHash = await chain.client.blockHashOf(receipt.blockNumber)
  return blockHash === receipt.blockHash ? receipt : undefined
}

/** Answers whether there is nothing left to wait for. */
async function settleMined(
  needs: Needs,
  transaction: StoredTransaction,
  { blockNumber, blockHash, succeeded }: NonNullable<Receipt>,
): Promise<boolean> {
  const { store, chain, final } = needs
  const block = { number: blockNumber, hash: blockHash }
  if (!succeeded) {
    const facts = { chain: chain.pin.name, kind: transaction.kind, hash: transaction.hash }
    alarm(needs, 'transaction failed', facts)
    await store.transactions.set(transaction.id, 'failed', block)
    return true
  }
  const isFinal = blockNumber <= final.block.number
  const isNews = transaction.state !== 'mined' || transaction.blockHash !== blockHash
  if (isFinal) await store.transactions.set(transaction.id, 'final', block)
  else if (isNews) await store.transactions.set(transaction.id, 'mined', block)
  return isFinal
}

async function supersede({ store }: Needs, rivals: readonly StoredTransaction[]): Promise<void> {
  for (const { id } of rivals) await store.transactions.set(id, 'superseded')
}

/** The same bytes again; or, when they have waited for too long, the same call for a higher fee. */
async function sendAgain(
  needs: Needs,
  newest: StoredTransaction,
  rivals: readonly StoredTransaction[],
): Promise<void> {
  const { store, chain, log, now } = needs
  for (const { id, state, hash } of rivals) {
    if (state !== 'mined') continue
    log.warn('transaction vanished with its block', { chain: chain.pin.name, hash })
    await store.transactions.set(id, 'prepared')
  }
  const age = (now().getTime() - newest.createdAt.getTime()) / 1000
  const isStuck = age >= chain.limits.stuckSeconds
  if (!isStuck || !(await replace(needs, newest))) {
    await broadcast(needs, newest.kind, newest.raw)
  }
}

/** Answers whether there was something to offer more. */
async function replace(needs: Needs, stuck: StoredTransaction): Promise<boolean> {
  const { store, chain, operator, log } = needs
  const { maxFeePerGas, maxPriorityFeePerGas, gasLimit, to, data } = Transaction.from(stuck.raw)
  const offered = {
    maxFeePerGas: maxFeePerGas ?? 0n,
    maxPriorityFeePerGas: maxPriorityFeePerGas ?? 0n,
  }
  const fees = raiseFees(offered, await chain.client.fees(), chain.limits.maxFeePerGas)
  const { chainId, sender, nonce, kind } = stuck
  if (fees === undefined || to === null) {
    alarm(needs, 'transaction stuck at the highest fee', { chain: chain.pin.name, kind, nonce })
    return false
  }
  const call = { to: Address.parse(to.toLowerCase()), data: asHex(data) }
  needs.lost.throwIfAborted()
  const signed = await operator.signTransaction({ ...call, ...fees, chainId, nonce, gasLimit })
  await store.transactions.prepare({ ...signed, chainId, sender, nonce, kind })
  log.warn('transaction replaced', { chain: chain.pin.name, kind, nonce, hash: signed.hash })
  await broadcast(needs, kind, signed.raw)
  return true
}

function asHex(data: string): `0x${string}` {
  return `0x${data.slice(2)}`
}
