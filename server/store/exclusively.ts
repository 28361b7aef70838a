/**
 * Work that only one process at a time may do: each lock goes with a connection, and those are kept apart
 * from the ones that queries use, so that neither has to wait for the other.
 *
 * @module
 */
import { RegistryError } from '#sdk'
import pg from 'pg'
import type { Store } from '../context.ts'

/** As many chains as a server can have: each is worked on under a lock of its own. */
const lockLimit = 16
/** How often a connection that holds a lock is asked whether it still is there. */
const pulseMilliseconds = 5_000

export interface Locks {
  exclusively: Store['exclusively']
  close(): Promise<void>
}

/** Locks in the database at `url`; `pulse`: milliseconds between two looks at a connection that holds one. */
export function openLocks(
  url: string,
  onError: (reason: string) => void,
  pulse = pulseMilliseconds,
): Locks {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'livret-locks',
    max: lockLimit,
    connectionTimeoutMillis: 10_000,
    query_timeout: pulse,
    keepAlive: true,
  })
  pool.on('error', ({ message }) => {
    onError(message)
  })
  return {
    async exclusively(name, work) {
      const client = await pool.connect()
      const lost = new AbortController()
      const lose = () => {
        lost.abort(new RegistryError('STORE_UNREACHABLE', { reason: `the lock ${name} is lost` }))
      }
      client.on('error', lose).on('end', lose)
      try {
        return await underLock(client, `livret:${name}`, pulse, lost.signal, lose, work)
      } finally {
        client.off('error', lose).off('end', lose)
        // A connection that may still hold the lock is not given to others.
        client.release(lost.signal.aborted)
      }
    },
    close: () => pool.end(),
  }
}

async function underLock<T>(
  client: pg.PoolClient,
  key: string,
  pulse: number,
  lost: AbortSignal,
  lose: () => void,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const { rows } = await client.query<{ held: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
    [key],
  )
  if (rows[0]?.held !== true) return undefined
  // A connection that died in silence is noticed by asking only.
  const pulsing = setInterval(() => void client.query('select 1').catch(lose), pulse)
  try {
    return await work(lost)
  } finally {
    clearInterval(pulsing)
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch(lose)
  }
}
