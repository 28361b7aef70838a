import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * The secret in the file at `path`: 32 random bytes in base64url, made once, readable by its owner
 * alone (mode 0600), on disk before it is used.
 */
export async function keptSecret(path: string): Promise<string> {
  const kept = await readFile(path, 'utf8').catch(absent)
  if (kept !== undefined) return kept.trim()

  await mkdir(dirname(path), { recursive: true })
  const fresh = `${path}.${randomUUID()}`
  const file = await open(fresh, 'wx', 0o600)
  try {
    await file.writeFile(`${randomBytes(32).toString('base64url')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  // A link is refused where a rename would replace what another process has made meanwhile.
  await link(fresh, path).catch(present)
  await rm(fresh)
  return (await readFile(path, 'utf8')).trim()
}

function absent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}

function present(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
