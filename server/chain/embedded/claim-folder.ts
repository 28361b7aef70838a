import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { RegistryError } from '#sdk'
import { processIdentity } from './process-identity.ts'
import { writeDurably } from './write-durably.ts'

/**
 * Claims a folder for this process: two that mine one chain would lose each other's blocks. A claim
 * ends with its process. Throws DATA_DIR_IN_USE. Answers what gives the folder back.
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'server.pid')
  const holder = await readFile(file, 'utf8').catch(() => '')
  const pid = Number.parseInt(holder, 10)
  if (pid > 0 && pid !== process.pid && (await processIdentity(pid)) === holder) {
    throw new RegistryError('DATA_DIR_IN_USE', { dataDir: folder, pid })
  }
  await writeDurably(file, (await processIdentity(process.pid)) ?? '', 0o600)
  return () => rm(file, { force: true })
}
