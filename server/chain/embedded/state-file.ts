/**
 * The embedded chain's state on disk.
 *
 * @module
 */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { writeDurably } from './write-durably.ts'

/** Where the state lies; anvil's `--load-state` reads it. */
export function statePath(folder: string): string {
  return join(folder, 'state.json')
}

/** Whether there is a state: a chain that was saved at least once. */
export async function hasState(folder: string): Promise<boolean> {
  return access(statePath(folder)).then(
    () => true,
    () => false,
  )
}

/**
 * Saves what `anvil_dumpState` answered. anvil gzips it but does not read it back gzipped, and its own
 * `--state` writes in place, so that a `kill -9` leaves half a file.
 */
export async function saveState(folder: string, dump: string): Promise<void> {
  const bytes = Buffer.from(dump.slice(2), 'hex')
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  await writeDurably(statePath(folder), isZipped ? await promisify(gunzip)(bytes) : bytes, 0o600)
}
