/**
 * What can be killed beside the server itself: its database and its chain's node. Without waiting for
 * anything, since the process that calls may be the next one.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Victim } from './points.ts'

/** Ends what `victim` means, as a crash does, with what a server keeps in `dataDir`. */
export function kill(victim: Victim, dataDir: string): void {
  const has = (other: Victim) => victim === other || victim === 'everything'
  if (has('database')) killDatabase(dataDir)
  if (has('node')) {
    const remembered = readFileSync(join(dataDir, 'chain', 'anvil.json'), 'utf8')
    end(z.object({ pid: z.int() }).parse(JSON.parse(remembered)).pid)
  }
  if (has('server')) process.kill(process.pid, 'SIGKILL')
}

/** Ends the PostgreSQL whose files lie in `dataDir`. */
export function killDatabase(dataDir: string): void {
  const [postmaster] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const pid = Number(postmaster)
  for (const each of [pid, ...childrenOf(pid)]) end(each)
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

/** PostgreSQL's processes end by themselves without their postmaster, but not at once. */
function childrenOf(parent: number): readonly number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent
      } catch {
        return false
      }
    })
}
