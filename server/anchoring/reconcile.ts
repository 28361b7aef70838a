/**
 * The store is the desired state; this brings a chain to it.
 *
 * @module
 */
import { isRegistryError, type ChainView } from '#sdk'
import type { Chain, Context } from '../context.ts'
import { alarm } from './alarm.ts'
import { importNegativeFacts } from './import-negative-facts.ts'
import { markActions, sendActions } from './reconcile-actions.ts'
import { markRoots, sendRoots } from './reconcile-roots.ts'
import { markStatuses, sendStatuses } from './reconcile-statuses.ts'
import type { Reconciling } from './reconciling.ts'
import { settleTransactions } from './settle-transactions.ts'

type Needs = Pick<Context, 'store' | 'keys' | 'log' | 'now' | 'chains'>

/**
 * - `settled`: the chain shows everything, for good;
 * - `in-flight`: something was sent and is not final yet;
 * - `blocked`: something is missing that cannot be sent now (a right, a confirmation, an answer);
 * - `elsewhere`: another process is at it.
 */
export type Reconciled = 'settled' | 'in-flight' | 'blocked' | 'elsewhere'

/** More passes than this in one go mean that a transaction fails again and again. */
const passLimit = 200

/**
 * Brings one chain to what the store says should be there. It may be called at any time, by any
 * process, and killed at any moment: what it finds decides, never what it remembers. A chain that is
 * not the one it was is left alone.
 *
 * Throws CHAIN_UNREACHABLE (nothing is lost, try again later), CHAIN_MISMATCH and CHAIN_CHANGED (after
 * an alarm), STORE_UNREACHABLE.
 */
export async function reconcile(context: Needs, chain: Chain): Promise<Reconciled> {
  const name = `reconcile:${String(chain.pin.chainId)}`
  const done = await context.store.exclusively(name, (lost) => passes(context, chain, lost))
  return done ?? 'elsewhere'
}

/**
 * The newest final view of a chain, if it is the one it was: as pinned, and as this store knows it.
 * Throws CHAIN_UNREACHABLE, CHAIN_MISMATCH, CHAIN_CHANGED.
 */
export async function recogniseChain(
  { store }: Pick<Context, 'store'>,
  chain: Chain,
): Promise<ChainView> {
  // The node is asked first: a pin that it does not confirm must not be remembered.
  const final = await chain.final.view()
  await store.chains.recognise(chain.pin)
  return final
}

async function passes(context: Needs, chain: Chain, lost: AbortSignal): Promise<Reconciled> {
  await fill(context, chain)
  for (let i = 0; i < passLimit; i++) {
    await chain.settle()
    lost.throwIfAborted()
    const found = await pass(context, chain, lost)
    if (found !== 'sent') return found
  }
  return 'blocked'
}

async function pass(context: Needs, chain: Chain, lost: AbortSignal): Promise<'sent' | Reconciled> {
  const { store, keys, log, now, chains } = context
  const operator = await keys.account(await store.operator.get(() => keys.makeAccount()))
  const final = await recogniseAlarmed(context, chain)
  const base = { store, keys, log, now, chain, operator, final, lost }

  const { isWaiting, isOpen, minedUpTo } = await settleTransactions(base)
  const otherChains = chains.map(({ pin }) => pin.chainId).filter((id) => id !== chain.pin.chainId)
  await importNegativeFacts(base, otherChains)

  const reconciling: Reconciling = { ...base, latest: await chain.latest.view() }
  await markActions(reconciling)
  const isAnchoring = await markRoots(reconciling)
  // A node that lags behind would have everything sent twice.
  if (isWaiting || reconciling.latest.block.number < minedUpTo) return 'in-flight'
  await markStatuses(reconciling)

  for (const send of [sendStatuses, sendActions, sendRoots]) {
    if (await send(reconciling)) return 'sent'
  }
  if (isOpen || isAnchoring) return 'in-flight'
  return (await isMissingSomething(reconciling)) ? 'blocked' : 'settled'
}

/** What each process has filled already. */
const filled = new WeakMap<Context['store'], Set<number>>()

/**
 * A chain that was configured later gets what it lacks; so does one that was left out for a while, at the
 * start of each process.
 */
async function fill(context: Needs, chain: Chain): Promise<void> {
  await recogniseAlarmed(context, chain)
  const { chainId, name } = chain.pin
  const { store } = context
  const known = filled.get(store) ?? new Set()
  filled.set(store, known)
  const anchors = await store.anchors.fill(chainId)
  const statuses = known.has(chainId) ? 0 : await store.statuses.fill(chainId)
  known.add(chainId)
  if (anchors + statuses > 0) context.log.info('chain filled', { chain: name, anchors, statuses })
}

async function recogniseAlarmed(context: Needs, chain: Chain): Promise<ChainView> {
  try {
    return await recogniseChain(context, chain)
  } catch (error) {
    const isOther =
      isRegistryError(error) && (error.code === 'CHAIN_CHANGED' || error.code === 'CHAIN_MISMATCH')
    if (isOther) alarm(context, 'chain is not the one it was', { ...error.facts })
    throw error
  }
}

async function isMissingSomething({ store, chain }: Reconciling): Promise<boolean> {
  const { chainId } = chain.pin
  const open = await Promise.all([
    store.statuses.pending(chainId),
    store.issuers.openActions(chainId),
    store.anchors.open(chainId),
  ])
  return open.some((rows) => rows.length > 0)
}
