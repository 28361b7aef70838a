/**
 * What goes on in the background of a server: batches are closed when they are due, chains are
 * reconciled when somebody asks, and once a minute in any case.
 *
 * @module
 */
import { closeBatches } from '../anchoring/close-batch.ts'
import { isBatchDue } from '../anchoring/is-batch-due.ts'
import { reconcile, type Reconciled } from '../anchoring/reconcile.ts'
import type { Chain, Context } from '../context.ts'
import type { JobRunner } from './jobs.ts'

const reconcileMilliseconds = 60_000
/** How often offers and requests that are over are forgotten. */
const forgetMilliseconds = 300_000

/** Starts the work. What comes back has nothing new begun; stopping `runner` finishes what runs. */
export async function startWork(context: Context, runner: JobRunner): Promise<() => void> {
  const { chains, config } = context
  const chainIds = chains.map(({ pin }) => pin.chainId)
  const timers = new Set<NodeJS.Timeout>()
  const stopping = new AbortController()

  const lookAgain = (chain: Chain, seconds: number) => {
    if (stopping.signal.aborted) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      // The queue may be away; it is the store's database.
      void noted(context, () => runner.reconcileSoon(chain.pin.chainId)).then((isAsked) => {
        if (!isAsked) lookAgain(chain, seconds)
      })
    }, seconds * 1000)
    timers.add(timer)
  }
  const every = (milliseconds: number, work: () => Promise<void>) => {
    const timer = setInterval(() => void noted(context, work), milliseconds)
    timers.add(timer)
  }
  const reconcileAll = async () => {
    for (const chainId of chainIds) await runner.reconcileSoon(chainId)
  }

  await runner.work(
    {
      async reconcile(chainId) {
        const chain = chains.find(({ pin }) => pin.chainId === chainId)
        if (chain === undefined) return
        try {
          const seconds = waitAfter(await reconcile(context, chain), chain)
          if (seconds !== undefined) lookAgain(chain, seconds)
        } catch (error) {
          // The queue tries again, unless it cannot even note that this failed.
          lookAgain(chain, 4 * chain.limits.pollSeconds)
          throw error
        }
      },
      closeBatch: async () => {
        await closeBatches(context)
      },
    },
    Math.max(1, chains.length),
  )
  every(Math.min(1_000, config.batchSeconds * 100), async () => {
    if (await isBatchDue(context)) await runner.closeBatchSoon()
  })
  every(reconcileMilliseconds, reconcileAll)
  every(forgetMilliseconds, async () => {
    await context.store.flows.removeExpired()
  })
  await reconcileAll()

  return () => {
    stopping.abort()
    for (const timer of timers) clearTimeout(timer)
  }
}

/** How long to wait before looking again without being asked; undefined: until the minute is over. */
function waitAfter(found: Reconciled, { limits }: Chain): number | undefined {
  switch (found) {
    case 'settled':
      return undefined
    case 'blocked':
      return 4 * limits.pollSeconds
    case 'in-flight':
    case 'elsewhere':
      return limits.pollSeconds
  }
}

/** A turn that fails (the database is away) is over; answers whether it did not. */
async function noted({ log }: Context, work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    log.warn('background work disturbed', {
      reason: error instanceof Error ? error.message : String(error),
    })
    return false
  }
}
