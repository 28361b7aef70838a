/**
 * A server with a database and a chain of its own, as `npm start` runs it, that can be killed at a marked
 * point.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsePolicy } from '#sdk'
import { z } from 'zod'
import {
  childrenOf,
  freePort,
  startProcess,
  until,
  type ServerProcess,
} from '../../test/support/server-process.ts'
import { openClients } from './clients.ts'
import { embeddedDatabaseUrl, readLedger } from './ledger.ts'
import type { Victim } from './points.ts'

export type Stand = Awaited<ReturnType<typeof openStand>>

const preload = new URL('crash-at.ts', import.meta.url).href
const patienceMilliseconds = 180_000

/** Starts the server in a new folder. */
export async function openStand() {
  const dataDir = await mkdtemp(join(tmpdir(), 'livret-kill9-'))
  const crashFile = join(dataDir, 'crash.json')
  const port = await freePort()
  const env = {
    LIVRET_DATA_DIR: dataDir,
    LIVRET_BATCH_SECONDS: '1',
    LIVRET_CRASH_FILE: crashFile,
    NODE_OPTIONS: `--import=${preload}`,
  }
  const start = () =>
    within(startProcess('scripts/start.ts', port, env), 'the server does not start')
  let server: ServerProcess = await start()
  await until(() => Promise.resolve(server.output().includes('Ctrl-C') || undefined))
  const token = (await readFile(join(dataDir, 'token'), 'utf8')).trim()
  const example = z
    .looseObject({})
    .parse(JSON.parse(await readFile(join(dataDir, 'example.json'), 'utf8')))
  const clients = openClients(() => [server.url], token, example)
  const policy = async () => parsePolicy(await readFile(join(dataDir, 'policy.json'), 'utf8'))

  return {
    clients,
    policy,
    ledger: async () => readLedger(await embeddedDatabaseUrl(dataDir), (await policy()).chains),
    problem: () => {
      const { exitCode, signalCode } = server.child
      return exitCode === null && signalCode === null ? undefined : 'the server ended by itself'
    },

    arm: (point: string, victim: Victim) =>
      writeFile(crashFile, JSON.stringify({ point, victim, dataDir })),
    disarm: () => rm(crashFile, { force: true }),
    hasFallen: () => !existsSync(crashFile),

    /** Ends what is left of the server as a crash does, and starts it again. */
    async restart(): Promise<void> {
      await server.kill()
      server = await start()
    },

    async close(): Promise<void> {
      await server.stop('SIGKILL')
      for (const pid of await childrenOf(dataDir)) process.kill(pid, 'SIGKILL')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function within<T>(work: Promise<T>, problem: string): Promise<T> {
  const late = AbortSignal.timeout(patienceMilliseconds)
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      late.addEventListener('abort', () => {
        reject(new Error(problem))
      })
    }),
  ])
}
