/**
 * A server with a database and a chain of its own, as `npm start` runs it, that can be killed at a marked
 * point; and its clients, who note what was acknowledged to them.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Format, Receipt } from '#sdk'
import { z } from 'zod'
import {
  childrenOf,
  freePort,
  startProcess,
  until,
  type ServerProcess,
} from '../../test/support/server-process.ts'
import type { Victim } from './points.ts'

/** A credential as its client knows it. */
export interface Known {
  id: string
  format: Format
  text: string
  /** Path of its receipt. */
  receipt: string
  /** Whether its revocation was acknowledged. */
  isRevoked: boolean
}

export type Stand = Awaited<ReturnType<typeof openStand>>

const preload = new URL('crash-at.ts', import.meta.url).href
const patienceMilliseconds = 60_000

const Issued = z.object({ verifiableCredential: z.object({ id: z.string() }) })
const Claims = z.object({ receipt: z.url() })

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
  const known = new Map<string, Known>()

  const ask = async (path: string, body?: unknown) => {
    const response = await fetch(`${server.url}${path}`, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(20_000),
    })
    return { status: response.status, text: await response.text() }
  }
  const textOf = (answer: string) => {
    const { id } = Issued.parse(JSON.parse(answer)).verifiableCredential
    return z.string().parse(id.split(',')[1])
  }
  const note = (id: string, text: string) => {
    const [, payload = ''] = text.split('.')
    const { receipt } = Claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
    known.set(id, {
      id,
      format: 'vc+jwt',
      text,
      receipt: new URL(receipt).pathname,
      isRevoked: false,
    })
  }

  return {
    dataDir,
    known,
    ask,
    textOf,
    newId: () => `urn:uuid:${randomUUID()}`,

    /** Asks for a credential of this id; answers whether it was acknowledged, now or before. */
    async issue(id: string): Promise<boolean> {
      const answer = await ask('/credentials/issue', { credential: { ...example, id } }).catch(
        nothing,
      )
      if (answer.status === 201) note(id, textOf(answer.text))
      if (answer.status === 409 && !known.has(id)) {
        const stored = await ask(`/credentials/${encodeURIComponent(id)}`)
        note(id, textOf(stored.text))
      }
      return answer.status === 201 || answer.status === 409
    },

    /** Asks for a revocation; answers whether it was acknowledged. */
    async revoke(id: string): Promise<boolean> {
      const credentialStatus = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }
      const wish = { credentialId: id, credentialStatus, status: true }
      const { status } = await ask('/credentials/status', wish).catch(nothing)
      const credential = known.get(id)
      if (status === 200 && credential !== undefined) credential.isRevoked = true
      return status === 200
    },

    async receiptOf({ receipt }: Known): Promise<Receipt | undefined> {
      const { status, text } = await ask(receipt).catch(nothing)
      return status === 200 ? Receipt.parse(JSON.parse(text)) : undefined
    },

    arm: (point: string, victim: Victim) =>
      writeFile(crashFile, JSON.stringify({ point, victim, dataDir })),
    disarm: () => rm(crashFile, { force: true }),
    hasFallen: () => !existsSync(crashFile),
    isServing: () => server.child.exitCode === null && server.child.signalCode === null,

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

function nothing() {
  return { status: 0, text: '' }
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
