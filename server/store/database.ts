import { fileURLToPath } from 'node:url'
import { RegistryError } from '#sdk'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

/** Any name; the same in every process, so that one alone changes the tables. */
const migrationLock = `hashtext('livret:migrations')`

/** Queries through drizzle; `$client` is the pool beneath, for what must be fast. */
export type Database = NodePgDatabase & { $client: pg.Pool }

/** What queries of one transaction go through. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** Connects to PostgreSQL and brings its tables up to date. Throws STORE_UNREACHABLE. */
export async function openDatabase(
  url: string,
  onError: (reason: string) => void,
): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  pool.on('error', ({ message }) => {
    onError(message)
  })
  // The pool listens to those that lie in it. One that is out, between two statements of a transaction, would
  // end the process when it breaks; its next statement fails anyway.
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await migrateOnce(pool)
    return drizzle(pool)
  } catch (cause) {
    await pool.end()
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RegistryError('STORE_UNREACHABLE', { reason }, { cause })
  }
}

/** Of several processes that start at once, one migrates and the others wait for it. */
async function migrateOnce(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`select pg_advisory_lock(${migrationLock})`)
    const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))
    await migrate(drizzle(client), { migrationsFolder })
  } finally {
    await client.query(`select pg_advisory_unlock(${migrationLock})`).catch(() => undefined)
    client.release()
  }
}
