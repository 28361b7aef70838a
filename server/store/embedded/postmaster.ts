import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What `postmaster.pid` says about the server that runs, or ran, in a folder. */
export interface Postmaster {
  pid: number
  port: number
  isReady: boolean
}

/** Reads `postmaster.pid`; undefined where there is none, or none that makes sense yet. */
export async function readPostmaster(folder: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!(Number.isInteger(pid) && pid > 0)) return undefined
  return { pid, port, isReady: lines[7]?.trim() === 'ready' }
}

/** Whether the process `pid` is a PostgreSQL server in `folder`, not some later owner of its number. */
export async function isServing(pid: number, folder: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => commandByPs(pid))
  return command.includes('postgres') && command.includes(folder)
}

/** Stops a server: open transactions are rolled back, everything is on disk when this returns. */
export async function stopPostmaster(pid: number, folder: string): Promise<void> {
  for (const [signal, patienceSeconds] of [
    ['SIGINT', 60],
    ['SIGQUIT', 10],
    ['SIGKILL', 10],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (let waited = 0; waited < patienceSeconds * 20; waited++) {
      if (!(await isServing(pid, folder))) return
      await sleep(50)
    }
  }
}

/** Where there is no /proc. */
async function commandByPs(pid: number): Promise<string> {
  return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  )
}
