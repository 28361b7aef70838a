import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../server/store/embedded.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the run's PostgreSQL server; `test/support/database.ts` makes databases there. */
    postgresUrl: string
  }
}

/** One PostgreSQL server for the whole run. */
export default async function runPostgres(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'livret-test-'))
  const server = await startEmbeddedPostgres(dataDir)
  const stopAtExit = () => process.kill(server.pid, 'SIGINT')
  process.once('exit', stopAtExit)
  project.provide('postgresUrl', server.url)
  return async () => {
    process.off('exit', stopAtExit)
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
