import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whom PostgreSQL runs as, and how it is started. */
export interface RunAs {
  /** Owner of its files; undefined: whoever runs this program. */
  owner: { uid: number; gid: number } | undefined
  /** Turns a command into one that starts it as that user. */
  command(program: string, args: readonly string[]): [string, readonly string[]]
  /** Options for `spawn` that do the same. */
  options: { uid?: number; gid?: number; cwd: string }
}

/**
 * PostgreSQL refuses to run as root: then it runs as the user `postgres`, who is made if need be.
 * Where that user cannot get at `paths` (a folder below /root, or from mktemp), it keeps the one
 * capability to do so.
 */
export async function runAs(paths: readonly string[]): Promise<RunAs> {
  const cwd = '/'
  if (process.getuid?.() !== 0) {
    return { owner: undefined, command: (program, args) => [program, args], options: { cwd } }
  }
  const owner = await userIds().catch(makeUser)
  const { uid, gid } = owner
  const reachable = await Promise.all(paths.map((path) => isReachable(dirname(path), owner)))
  if (reachable.every(Boolean)) {
    return {
      owner,
      command: (program, args) => [program, args],
      options: { uid, gid, cwd },
    }
  }
  const capability = '+dac_override'
  const flags = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const keep = [`--inh-caps=${capability}`, `--ambient-caps=${capability}`]
  return {
    owner,
    command: (program, args) => ['setpriv', [...flags, ...keep, program, ...args]],
    options: { cwd },
  }
}

async function userIds(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([
    run('id', ['-u', 'postgres']),
    run('id', ['-g', 'postgres']),
  ])
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

async function makeUser(): Promise<{ uid: number; gid: number }> {
  await run('groupadd', ['--force', '--system', 'postgres'])
  await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'])
  return userIds()
}

/** Whether a user may pass through `path` and every folder above it. */
async function isReachable(path: string, user: { uid: number; gid: number }): Promise<boolean> {
  const { mode, uid, gid } = await stat(path)
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  if ((mode & bit) === 0) return false
  const parent = dirname(path)
  return parent === path || isReachable(parent, user)
}
