import { realpath, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RegistryError } from '#sdk'
import pg from 'pg'
import { keptSecret } from '../kept-secret.ts'
import { findBinaries } from './embedded/binaries.ts'
import { clearStale, createCluster, databaseUser, startCluster } from './embedded/cluster.ts'
import { isServing, readPostmaster, stopPostmaster } from './embedded/postmaster.ts'
import { runAs } from './embedded/run-as.ts'

/** A PostgreSQL server that this program runs. */
export interface EmbeddedPostgres {
  /** For `DATABASE_URL`; holds the password. */
  url: string
  pid: number
  /** Stops the server; everything is on disk when this returns. */
  stop(): Promise<void>
}

/**
 * Runs PostgreSQL in `<dataDir>/postgres`, as root or not, reachable by loopback and password alone.
 * A server that was left over there (its parent was killed) is taken over, or stopped if it does not
 * answer. Throws STORE_UNREACHABLE, also if another program of ours uses the folder.
 */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  await mkdir(dataDir, { recursive: true })
  const root = await realpath(dataDir)
  const folder = join(root, 'postgres')
  const password = await keptSecret(join(root, 'postgres.password'))
  const urlAt = (port: number, database: string) =>
    `postgres://${databaseUser}:${password}@127.0.0.1:${port}/${database}`

  const server =
    (await adopt(folder, (port) => urlAt(port, 'postgres'))) ??
    (await start(root, folder, password))
  await ensureDatabase(urlAt(server.port, 'postgres'))
  const url = urlAt(server.port, 'livret')
  const claim = await claimFolder(url)
  return {
    url,
    pid: server.pid,
    stop: async () => {
      await claim.end()
      await stopPostmaster(server.pid, folder)
    },
  }
}

async function start(root: string, folder: string, password: string) {
  const { initdb, postgres } = await findBinaries()
  const as = await runAs([folder, initdb, postgres])
  await createCluster(initdb, folder, password, as)
  await clearStale(folder)
  return startCluster(postgres, folder, join(root, 'postgres.log'), as)
}

/** The server that runs in `folder` already, if it answers; one that does not is stopped. */
async function adopt(folder: string, urlAt: (port: number) => string) {
  const left = await readPostmaster(folder)
  if (left === undefined || !(await isServing(left.pid, folder))) return undefined
  for (let attempt = 0; attempt < 100; attempt++) {
    const now = await readPostmaster(folder)
    if (now === undefined) return undefined
    if (now.isReady && (await answers(urlAt(now.port)))) return now
    await sleep(100)
  }
  await stopPostmaster(left.pid, folder)
  return undefined
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'livret'`)
    if (rowCount === 0) await client.query('create database livret')
  } finally {
    await client.end()
  }
}

/**
 * Holds a lock for as long as this program runs: of two programs on one folder, the one that ends
 * first would stop the other's database. The lock of a killed program goes with its connection.
 */
async function claimFolder(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  for (let attempt = 0; attempt < 50; attempt++) {
    const { rows } = await client.query<{ held: boolean }>(
      `select pg_try_advisory_lock(hashtext('livret:data-directory')) as held`,
    )
    if (rows[0]?.held === true) return client
    await sleep(100)
  }
  await client.end()
  throw new RegistryError('STORE_UNREACHABLE', {
    reason: 'another Livret server uses this data directory',
  })
}
