import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmbeddedPostgres } from '../../../server/store/embedded.ts'

let dataDir: string
beforeAll(async () => {
  // As `mktemp -d` makes it: mode 0700, which the user that PostgreSQL runs as cannot pass when we are root.
  dataDir = await mkdtemp(join(tmpdir(), 'livret-embedded-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement)
    return rows
  } finally {
    await client.end()
  }
}

/** Starts the server in another process, which is then killed without a chance to stop it. */
async function leaveServerBehind(): Promise<{ pid: number }> {
  const module = new URL('../../../server/store/embedded.ts', import.meta.url).href
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(module)}
    const { pid, url } = await startEmbeddedPostgres(${JSON.stringify(dataDir)})
    console.log(JSON.stringify({ pid }))
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  child.kill('SIGKILL')
  await once(child, 'exit')
  return JSON.parse(line.toString()) as { pid: number }
}

/** A server removes this file as the last thing it does. */
const isRunning = () =>
  stat(join(dataDir, 'postgres', 'postmaster.pid')).then(
    () => true,
    () => false,
  )

describe('startEmbeddedPostgres', () => {
  test('keeps what was stored from one start to the next, and syncs it to disk', async () => {
    const first = await startEmbeddedPostgres(dataDir)
    await query(first.url, 'create table kept as select 42 as answer')
    expect(await query(first.url, 'show fsync')).toEqual([{ fsync: 'on' }])
    await first.stop()
    expect(await isRunning()).toBe(false)

    const second = await startEmbeddedPostgres(dataDir)
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await second.stop()
  })

  test('is reached by loopback and password alone, which only its owner can read', async () => {
    const server = await startEmbeddedPostgres(dataDir)
    try {
      const { mode } = await stat(join(dataDir, 'postgres.password'))
      expect(mode & 0o777).toBe(0o600)
      const wrong = new URL(server.url)
      wrong.password = 'wrong'
      await expect(query(wrong.href, 'select 1')).rejects.toThrow('password')
      expect(await query(server.url, 'show listen_addresses')).toEqual([
        { listen_addresses: '127.0.0.1' },
      ])
      expect(await query(server.url, 'show unix_socket_directories')).toEqual([
        { unix_socket_directories: '' },
      ])
    } finally {
      await server.stop()
    }
  })

  test('takes over a server whose parent was killed', async () => {
    const left = await leaveServerBehind()
    const server = await startEmbeddedPostgres(dataDir)
    expect(server.pid).toBe(left.pid)
    await query(server.url, 'select 1')
    await server.stop()
    expect(await isRunning()).toBe(false)
  })

  test('starts anew where the server was killed, too', async () => {
    const left = await leaveServerBehind()
    process.kill(left.pid, 'SIGKILL')
    const server = await startEmbeddedPostgres(dataDir)
    expect(server.pid).not.toBe(left.pid)
    await query(server.url, 'select 1')
    await server.stop()
  })

  test('does not take the pid of another program for its server', async () => {
    await (await startEmbeddedPostgres(dataDir)).stop()
    const lines = [process.pid, join(dataDir, 'postgres'), 0, 5432, '', '127.0.0.1', '', 'ready']
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), lines.join('\n'))
    const server = await startEmbeddedPostgres(dataDir)
    expect(server.pid).not.toBe(process.pid)
    await server.stop()
  })

  test('refuses a second program on one data directory, and leaves the first its server', async () => {
    const first = await startEmbeddedPostgres(dataDir)
    try {
      await expect(startEmbeddedPostgres(dataDir)).rejects.toThrow(
        expect.objectContaining({ code: 'STORE_UNREACHABLE' }),
      )
      await query(first.url, 'select 1')
    } finally {
      await first.stop()
    }
  })

  test('writes no values of statements into its log', async () => {
    const server = await startEmbeddedPostgres(dataDir)
    await query(server.url, 'create table people (name text unique)')
    await query(server.url, `insert into people values ('Ada Lovelace')`)
    await expect(query(server.url, `insert into people values ('Ada Lovelace')`)).rejects.toThrow(
      'duplicate',
    )
    await server.stop()
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8')
    expect(log).toContain('duplicate key')
    expect(log).not.toContain('Ada')
  })
})
