/**
 * The embedded chain's node: one anvil process, which may outlive the process that started it.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RegistryError } from '#sdk'
import { z } from 'zod'
import { anvilBinary } from './anvil-binary.ts'
import { choosePort } from './choose-port.ts'
import { processIdentity } from './process-identity.ts'
import { hasState, statePath } from './state-file.ts'
import { writeDurably } from './write-durably.ts'

/** Not the 31337 of every other development chain: a wallet or verifier must not mistake one for the other. */
export const embeddedChainId = 2_019_031

/** What is remembered of the node, in `anvil.json`: where it listens, and which process it is. */
const Remembered = z.object({
  /** anvil saves every block but the first, which it makes anew: from the same time, the same. */
  genesisTime: z.int(),
  port: z.int().min(1).max(65_535),
  pid: z.int().positive(),
  identity: z.string(),
})
type Remembered = z.infer<typeof Remembered>

export interface Anvil {
  /** JSON-RPC endpoint, on loopback. */
  url: string
  pid: number
  /** Ends the process; what was not saved is gone. */
  stop(): Promise<void>
}

/**
 * Runs anvil over the state in `folder`, on the port of last time if that is free. One that was left
 * over there is taken over if it answers as ours does, and stopped if not. Throws NODE_FAILED.
 *
 * A new chain begins at `genesisTime` (Unix seconds). The node mines only when told to, has no accounts of its own, and answers no web page (no CORS).
 */
export async function runAnvil(folder: string, genesisTime: number): Promise<Anvil> {
  const remembered = await recall(folder)
  if (remembered !== undefined && (await isRunning(remembered))) {
    if (await answersAsOurs(remembered.port)) return handle(folder, remembered)
    await end(remembered)
  }
  const port = await choosePort(remembered?.port)
  const began = (await hasState(folder)) ? remembered?.genesisTime : undefined
  return handle(folder, await start(folder, port, began ?? genesisTime))
}

async function start(folder: string, port: number, genesisTime: number): Promise<Remembered> {
  const log = await open(join(folder, 'anvil.log'), 'w', 0o600)
  try {
    const state = (await hasState(folder)) ? ['--load-state', statePath(folder)] : []
    const child = spawn(
      anvilBinary(),
      [
        ...['--host', '127.0.0.1', '--port', String(port), '--no-cors', '--quiet'],
        ...['--chain-id', String(embeddedChainId), '--hardfork', 'prague', '--accounts', '0'],
        ...['--timestamp', String(genesisTime), '--no-mining', '--max-persisted-states', '0'],
        ...state,
      ],
      // A process group of its own: Ctrl-C reaches the server alone, which then stops it in order.
      { cwd: folder, detached: true, stdio: ['ignore', log.fd, log.fd] },
    )
    let problem: string | undefined
    child.once('error', ({ message }) => (problem = message))
    child.once('exit', (code) => (problem ??= `it ended with code ${String(code)}`))
    child.unref()
    const identity = child.pid === undefined ? undefined : await processIdentity(child.pid)
    if (child.pid !== undefined && identity !== undefined) {
      const remembered = { genesisTime, port, pid: child.pid, identity }
      await writeDurably(join(folder, 'anvil.json'), JSON.stringify(remembered), 0o600)
      if (await comesUp(port, () => problem === undefined)) return remembered
      await end(remembered)
    }
    const words = (await readFile(join(folder, 'anvil.log'), 'utf8')).trim().slice(-500)
    throw failed(`${problem ?? 'it does not answer'} ${words}`.trim())
  } finally {
    await log.close()
  }
}

/** Waits until the node answers: at once for a small state, some seconds for one of years. */
async function comesUp(port: number, isAlive: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 1_500 && isAlive(); attempt++) {
    if (await answersAsOurs(port)) return isAlive()
    await sleep(20)
  }
  return false
}

function handle(folder: string, remembered: Remembered): Anvil {
  return {
    url: urlOf(remembered.port),
    pid: remembered.pid,
    stop: async () => {
      await end(remembered)
      await rm(join(folder, 'anvil.log'), { force: true })
    },
  }
}

async function recall(folder: string): Promise<Remembered | undefined> {
  const text = await readFile(join(folder, 'anvil.json'), 'utf8').catch(() => 'null')
  try {
    return Remembered.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

async function isRunning({ pid, identity }: Remembered): Promise<boolean> {
  return (await processIdentity(pid)) === identity
}

async function end(remembered: Remembered): Promise<void> {
  for (let attempt = 0; await isRunning(remembered); attempt++) {
    // It keeps nothing by itself, so there is nothing to ask it to finish.
    if (attempt % 100 === 0) process.kill(remembered.pid, 'SIGKILL')
    await sleep(10)
  }
}

async function answersAsOurs(port: number): Promise<boolean> {
  const request = { jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }
  try {
    const response = await fetch(urlOf(port), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(2_000),
    })
    const answer = z.object({ result: z.string() }).safeParse(await response.json())
    return answer.success && Number(answer.data.result) === embeddedChainId
  } catch {
    return false
  }
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${String(port)}`
}

function failed(reason: string): RegistryError {
  return new RegistryError('NODE_FAILED', { reason })
}
