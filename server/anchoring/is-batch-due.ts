/**
 * When the waiting credentials are put into a batch.
 *
 * @module
 */
import { isRegistryError } from '#sdk'
import type { Chain, Context } from '../context.ts'
import { judgeStanding } from './judge-standing.ts'
import { secondsUntilAnchored } from './patience.ts'

type Needs = Pick<Context, 'store' | 'config' | 'chains' | 'now' | 'log'>

/** How often to ask the chains whether an end is foreseen. */
const foresightMilliseconds = 10_000
const lastLook = new WeakMap<Context['store'], number>()

/**
 * Whether the waiting credentials are to be batched now: the oldest has waited for long enough, there
 * are enough of them, or an end of a key or an accreditation is announced that would come before a
 * batch closed in time could be anchored.
 */
export async function isBatchDue(context: Needs): Promise<boolean> {
  const { store, config, now } = context
  const { count, oldest } = await store.credentials.waiting()
  if (oldest === undefined) return false
  const waited = (now().getTime() - oldest.getTime()) / 1000
  if (count >= config.batchSize || waited >= config.batchSeconds) return true

  const last = lastLook.get(store) ?? 0
  if (now().getTime() - last < foresightMilliseconds) return false
  lastLook.set(store, now().getTime())
  return isEndForeseen(context)
}

/** A chain that cannot be asked foresees nothing. */
async function isEndForeseen(context: Needs): Promise<boolean> {
  for (const chain of context.chains) {
    try {
      if (await isEndForeseenOn(context, chain)) return true
    } catch (error) {
      if (!isRegistryError(error)) throw error
    }
  }
  return false
}

async function isEndForeseenOn(context: Needs, chain: Chain): Promise<boolean> {
  const { store, config, now, log } = context
  const view = await chain.final.view()
  const time = Math.floor(now().getTime() / 1000)
  for (const { issuer, key, scopes } of await store.credentials.waitingStandings()) {
    const found = await store.issuers.byId(issuer)
    if (found === undefined) continue
    const claim = { did: found.did, key, scopes }
    const [present, then] = await Promise.all([
      judgeStanding(view, claim, time),
      judgeStanding(view, claim, time + secondsUntilAnchored(chain, config)),
    ])
    if (!present.stands || then.stands) continue
    log.info('batch closes early', { issuer: found.slug, chain: chain.pin.name })
    return true
  }
  return false
}
