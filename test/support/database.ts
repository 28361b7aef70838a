import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** A new, empty database on the run's server. `drop` ends whoever still is connected to it. */
export async function createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(8).toString('hex')}`
  const url = new URL(inject('postgresUrl'))
  await query(`create database ${name}`)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => query(`drop database ${name} with (force)`) }
}

/** Breaks the connections to a database that hold locks for whole pieces of work, or wait to. */
export function breakLocks(url: string): Promise<void> {
  return breakWhere(`application_name = 'livret-locks'`, url)
}

/** Breaks every connection to a database. */
export function breakAll(url: string): Promise<void> {
  return breakWhere('pid <> pg_backend_pid()', url)
}

function breakWhere(condition: string, url: string): Promise<void> {
  const which = `datname = current_database() and ${condition}`
  return query(`select pg_terminate_backend(pid) from pg_stat_activity where ${which}`, url)
}

async function query(statement: string, url = inject('postgresUrl')): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
