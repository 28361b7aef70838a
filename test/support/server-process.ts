/**
 * Servers as people run them: processes of their own, that can be told to stop, and killed.
 *
 * @module
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface ServerProcess {
  child: ChildProcess
  url: string
  /** What it printed so far. */
  output: () => string
  /** Ends it as a crash does. */
  kill(): Promise<void>
  /** Tells it to end; answers the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

type Environment = Record<string, string>

/** Runs a script of this tree with no other environment than `env`; does not wait for anything. */
export function runScript(script: string, args: readonly string[], env: Environment) {
  return run(process.execPath, [join(root, script), ...args], env)
}

function run(command: string, args: readonly string[], env: Environment) {
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const note = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', note)
  child.stderr.on('data', note)
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>
  return { child, output: () => output, exited }
}

/** Starts a server, by a script or by `npm start`, and waits until it is ready. */
export async function startProcess(
  script: 'scripts/start.ts' | 'server/main.ts' | 'npm start',
  port: number,
  env: Environment,
): Promise<ServerProcess> {
  const whole = { PORT: String(port), ...env }
  const { child, output, exited } =
    script === 'npm start' ? run('npm', ['start'], whole) : runScript(script, [], whole)
  const url = `http://localhost:${String(port)}`
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const [code] = await exited
    return code
  }
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`the server did not start:\n${output()}`)
    await sleep(50)
  }
  return {
    child,
    url,
    output,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: (signal = 'SIGTERM') => end(signal),
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/** The processes of database and chain that a server with this data directory has started. */
export async function childrenOf(dataDir: string): Promise<readonly number[]> {
  const read = (...path: string[]) => readFile(join(dataDir, ...path), 'utf8').catch(() => '')
  const node = /"pid":(\d+)/.exec(await read('chain', 'anvil.json'))?.[1]
  const [postmaster] = (await read('postgres', 'postmaster.pid')).split('\n')
  return [node, postmaster].filter(Boolean).map(Number).filter(isAlive)
}

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Tries until it answers something. */
export async function until<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 600; i++) {
    const found = await attempt()
    if (found !== undefined) return found
    await sleep(50)
  }
  throw new Error('it never came')
}
