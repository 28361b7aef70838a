import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../../server/store/store.ts'
import { createDatabase } from '../../support/database.ts'
import { silent, stoppedClock } from '../../support/store.ts'

const migrations = 'server/store/migrations'
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livret-migrations-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('the migrations make the tables of the schema: nothing is left to generate', async () => {
  await cp(migrations, folder, { recursive: true })
  const before = await readdir(folder)
  const flags = [
    '--dialect=postgresql',
    '--schema=server/store/schema.ts',
    `--out=${relative(process.cwd(), folder)}`,
  ]
  const { stdout } = await promisify(execFile)('drizzle-kit', ['generate', ...flags])
  expect(stdout).toContain('No schema changes')
  expect(await readdir(folder)).toEqual(before)
})

test('processes that start at once on an empty database migrate it once', async () => {
  const { url, drop } = await createDatabase()
  const stores = await Promise.all(
    Array.from({ length: 4 }, () => openStore(url, stoppedClock, silent)),
  )
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ count: string }>(
    'select count(*) from drizzle.__drizzle_migrations',
  )
  expect(Number(rows[0]?.count)).toBe((await readdir(join(migrations, 'meta'))).length - 1)
  await client.end()
  await Promise.all(stores.map((store) => store.close()))
  await drop()
})

test('a database that cannot be had is told as such', async () => {
  await expect(
    openStore('postgres://nobody@127.0.0.1:1/none', stoppedClock, silent),
  ).rejects.toThrow(expect.objectContaining({ code: 'STORE_UNREACHABLE' }))
})
