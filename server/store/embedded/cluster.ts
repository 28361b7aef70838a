import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RegistryError } from '#sdk'
import { isServing, readPostmaster } from './postmaster.ts'
import type { RunAs } from './run-as.ts'

/** Name of the database's only user. */
export const databaseUser = 'livret'

/** Makes the cluster's files in `folder`, unless they are there. What a crash left half-made is made anew. */
export async function createCluster(
  initdb: string,
  folder: string,
  password: string,
  as: RunAs,
): Promise<void> {
  if ((await stat(join(folder, 'PG_VERSION')).catch(() => undefined)) !== undefined) return

  const fresh = `${folder}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  const passwordFile = join(tmpdir(), `livret-${randomUUID()}`)
  try {
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' })
    if (as.owner !== undefined) {
      await chown(fresh, as.owner.uid, as.owner.gid)
      await chown(passwordFile, as.owner.uid, as.owner.gid)
    }
    const [program, args] = as.command(initdb, [
      `--pgdata=${fresh}`,
      `--username=${databaseUser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ])
    const child = spawn(program, args, { ...as.options, stdio: ['ignore', 'ignore', 'pipe'] })
    let words = ''
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
    const code = await exitOf(child)
    if (code !== 0) throw unreachable(`initdb failed: ${words.trim()}`)
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(fresh, folder)
}

/**
 * Starts PostgreSQL in `folder` on a free loopback port, in a process group of its own, so that
 * Ctrl-C reaches this program alone. What it says goes to `logFile`; never a statement's values.
 */
export async function startCluster(
  postgres: string,
  folder: string,
  logFile: string,
  as: RunAs,
): Promise<{ pid: number; port: number }> {
  const port = await freePort()
  const log = await open(logFile, 'w', 0o600)
  try {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      log_checkpoints: 'off',
      log_error_verbosity: 'terse',
      log_min_error_statement: 'panic',
    }
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const [program, args] = as.command(postgres, ['-D', folder, '-p', String(port), ...flags])
    const child = spawn(program, args, {
      ...as.options,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    let ended: string | undefined
    void exitOf(child).then((code) => (ended = `it ended with code ${String(code)}`))
    child.unref()

    const deadline = Date.now() + 60_000
    while (Date.now() < deadline) {
      const postmaster = await readPostmaster(folder)
      if (postmaster !== undefined && postmaster.pid === child.pid && postmaster.isReady)
        return postmaster
      if (ended !== undefined) break
      await sleep(20)
    }
    const words = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-5).join(' / ')
    throw unreachable(`PostgreSQL did not start (${ended ?? 'it took too long'}): ${words}`)
  } finally {
    await log.close()
  }
}

/** Removes the pid file of a server that is no more; its number may belong to another process by now. */
export async function clearStale(folder: string): Promise<void> {
  const postmaster = await readPostmaster(folder)
  if (postmaster !== undefined && !(await isServing(postmaster.pid, folder))) {
    await rm(join(folder, 'postmaster.pid'), { force: true })
  }
}

async function exitOf(child: ReturnType<typeof spawn>): Promise<number | string | null> {
  return new Promise((resolve) => {
    child.once('error', ({ message }) => {
      resolve(message)
    })
    child.once('exit', resolve)
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw unreachable('no free port')
  return address.port
}

function unreachable(reason: string): RegistryError {
  return new RegistryError('STORE_UNREACHABLE', { reason })
}
