import type { Database } from './database.ts'

/** Runs work that only one process at a time may do, under a lock that goes with its connection. */
export function exclusively(db: Database) {
  return async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> => {
    const client = await db.$client.connect()
    let isBroken = false
    const noteBreak = () => {
      isBroken = true
    }
    client.on('error', noteBreak)
    try {
      const key = [`livret:${name}`]
      const { rows } = await client.query<{ held: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
        key,
      )
      if (rows[0]?.held !== true) return undefined
      try {
        return await work()
      } finally {
        await client
          .query('select pg_advisory_unlock(hashtextextended($1, 0))', key)
          .catch(noteBreak)
      }
    } finally {
      client.off('error', noteBreak)
      // A connection that may still hold the lock is not given to others.
      client.release(isBroken)
    }
  }
}
