/**
 * Background work on pg-boss: any number of processes may share it, each job is done by one of them.
 *
 * @module
 */
import { PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Jobs, Log } from '../context.ts'

/** What is to be done; each may be called again at any time. */
interface Tasks {
  reconcile(chainId: number): Promise<void>
  closeBatch(): Promise<void>
}

export interface JobRunner extends Jobs {
  /** Starts to take jobs, so many at a time. */
  work(tasks: Tasks, concurrency: number): Promise<void>
  /** Lets running jobs finish, and hands back those that take longer than that. */
  stop(): Promise<void>
}

const Reconcile = z.object({ chainId: z.int() })

/**
 * One job of a key waits. That one runs at a time is not left to the queue: the job of a killed process
 * would seem to run for minutes, while its lock in the store goes with its connection.
 */
const queue = {
  policy: 'short',
  notify: true,
  retryLimit: 12,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 900,
  deleteAfterSeconds: 3_600,
} as const
const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }
const patienceMilliseconds = 30_000

/** Opens the queues in the database at `url`. */
export async function openJobs(url: string, log: Log): Promise<JobRunner> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'livret-jobs',
    max: 3,
    useListenNotify: true,
    schedule: false,
  })
  boss.on('error', ({ message }) => {
    log.warn('jobs disturbed', { reason: message })
  })
  await boss.start()
  for (const name of ['reconcile', 'close-batch']) await boss.createQueue(name, queue)

  return {
    async reconcileSoon(chainId) {
      await boss.send('reconcile', { chainId }, { singletonKey: String(chainId) })
    },
    async closeBatchSoon() {
      await boss.send('close-batch', {}, { singletonKey: 'one' })
    },
    async work(tasks, concurrency) {
      const each = async (name: string, run: (data: unknown) => Promise<void>) => {
        await boss.work(name, { ...polling, localConcurrency: concurrency }, async (jobs) => {
          for (const { data } of jobs) await run(data).catch(noted(log, name))
        })
      }
      await each('close-batch', () => tasks.closeBatch())
      await each('reconcile', (data) => tasks.reconcile(Reconcile.parse(data).chainId))
    },
    stop: () => boss.stop({ graceful: true, timeout: patienceMilliseconds }),
  }
}

/** A job that failed is tried again, later and later. */
function noted(log: Log, job: string) {
  return (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    log.warn('job failed', { job, reason })
    throw error
  }
}
