/**
 * Which process a number means: numbers are used again, so the time of its start is part of the name.
 *
 * @module
 */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A text that no other process of this machine has; undefined if no such process runs. */
export async function processIdentity(pid: number): Promise<string | undefined> {
  const started = process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid)
  return started === undefined ? undefined : `${String(pid)}@${started}`
}

/** Field 22 of /proc/…/stat; the name in parentheses before it may hold anything. */
async function fromProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  const isGone = fields === undefined || fields[0] === 'Z' || fields[0] === 'X'
  return isGone ? undefined : fields[19]
}

async function fromPs(pid: number): Promise<string | undefined> {
  const answer = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(
    () => undefined,
  )
  const started = answer?.stdout.trim()
  return started === '' ? undefined : started
}
