import { join } from 'node:path'
import type { Io } from './command.ts'

/** A file in the data directory of a Livret server: `LIVRET_DATA_DIR`, else `.livret` as the server has it. */
export function inDataDir(name: string, env: Io['env']): string {
  return join(env['LIVRET_DATA_DIR'] || '.livret', name)
}
