/**
 * Roots of batches: anchored, final, and what that means for their credentials.
 *
 * @module
 */
import { judgeAccreditation, pathLinks, Scope, type Seconds } from '#sdk'
import { alarm } from './alarm.ts'
import { markLapsed } from './mark-lapsed.ts'
import type { Reconciling } from './reconciling.ts'
import { anchorCall } from './registry-calls.ts'
import { sendTransaction } from './send-transaction.ts'

/** Roots in one transaction; a block holds several times as many. */
const rootLimit = 64
const wholeScope = Scope.parse('')

/**
 * Marks where each root stands: `final` with its time, `anchored`, or back to `unsent` if the block
 * that held it is gone. Answers whether one is anchored and not final yet.
 */
export async function markRoots(reconciling: Reconciling): Promise<boolean> {
  const { store, chain, operator, final, latest, log } = reconciling
  const { chainId, name } = chain.pin
  const open = await store.anchors.open(chainId)
  // All at once: what is asked in one turn goes out together.
  const [there, newest] = await Promise.all(
    [final, latest].map((view) =>
      Promise.all(open.map(({ root }) => view.anchorOf(operator.address, root))),
    ),
  )
  let isOpen = false
  for (const [i, { batch, state }] of open.entries()) {
    const asFinal = there?.[i]
    const asNewest = newest?.[i]
    if (asFinal !== undefined) await markFinal(reconciling, batch, asFinal.anchoredAt)
    else if (asNewest !== undefined) {
      isOpen = true
      if (state === 'anchored') continue
      await store.anchors.set(batch, chainId, 'anchored', asNewest.anchoredAt)
    } else if (state === 'anchored') {
      log.warn('anchor vanished with its block', { chain: name, batch })
      await store.anchors.set(batch, chainId, 'unsent')
    }
  }
  return isOpen
}

/** Sends the roots that are missing. Answers whether a transaction was sent. */
export async function sendRoots(reconciling: Reconciling): Promise<boolean> {
  const { store, chain, operator, latest, now } = reconciling
  const open = await store.anchors.open(chain.pin.chainId)
  const unsent = open.filter(({ state }) => state === 'unsent').slice(0, rootLimit)
  if (unsent.length === 0) return false

  const time = Math.max(latest.block.timestamp, Math.floor(now().getTime() / 1000))
  const right = await judgeAccreditation(latest, operator.address, 'anchor', wholeScope, time)
  if (!right.accredited) {
    const { reason } = right
    const facts = { chain: chain.pin.name, operator: operator.address, reason }
    alarm(reconciling, 'operator may not anchor', facts)
    return false
  }
  const call = anchorCall(chain.pin, unsent, pathLinks(right.path, wholeScope))
  return sendTransaction(reconciling, 'roots', call)
}

/** What lapsed is marked first, so that no receipt is given for it in between. */
async function markFinal(
  reconciling: Reconciling,
  batch: number,
  anchoredAt: Seconds,
): Promise<void> {
  const { store, chain, log } = reconciling
  await markLapsed(reconciling, batch, anchoredAt)
  await store.anchors.set(batch, chain.pin.chainId, 'final', anchoredAt)
  log.info('batch final', { chain: chain.pin.name, batch, anchoredAt })
}
