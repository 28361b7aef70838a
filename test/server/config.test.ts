import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../server/config.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'livret-config-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const load = (env: Record<string, string> = {}) => loadConfig({ LIVRET_DATA_DIR: dataDir, ...env })
const elsewhere = {
  DATABASE_URL: 'postgres://livret@db.example/livret',
  LIVRET_KEY: 'A'.repeat(43),
  LIVRET_TOKEN: 'a-token-that-is-long-enough',
  LIVRET_BASE_URL: 'https://livret.example',
}

describe('loadConfig', () => {
  test('needs nothing: then it is for trying out, on loopback', async () => {
    expect(await load()).toMatchObject({
      port: 8080,
      baseUrl: 'http://localhost:8080',
      dev: true,
      dataDir,
      databaseUrl: undefined,
      chainsFile: undefined,
      batchSeconds: 5,
      batchSize: 65_536,
      trustedProxies: [],
    })
  })

  test('lets batches wait for a minute where gas is paid for', async () => {
    const config = await load({ LIVRET_CHAINS: '/etc/livret/chains.json', LIVRET_DEV: '1' })
    expect(config.batchSeconds).toBe(60)
  })

  test('makes key and token once, for the eyes of their owner alone', async () => {
    const first = await load()
    expect(first.key).toHaveLength(32)
    expect(first.token).toMatch(/^[\w-]{43}$/)
    expect(await load()).toEqual(first)
    for (const name of ['key', 'token']) {
      expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600)
    }
    expect((await readdir(dataDir)).toSorted()).toEqual(['key', 'token'])
  })

  test('gives processes that start at once the same key', async () => {
    const configs = await Promise.all(Array.from({ length: 5 }, () => load()))
    expect(new Set(configs.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(1)
  })

  test('takes what is set, and writes nothing', async () => {
    const config = await load({
      ...elsewhere,
      PORT: '8080',
      LIVRET_BASE_URL: 'https://livret.example/',
      LIVRET_BATCH_SECONDS: '5',
      LIVRET_BATCH_SIZE: '100',
      LIVRET_CHAINS: '/etc/livret/chains.json',
      LIVRET_TRUST_PROXY: '10.0.0.5, fd00::/8',
    })
    expect(config).toEqual({
      port: 8080,
      baseUrl: 'https://livret.example',
      dev: false,
      dataDir,
      databaseUrl: elsewhere.DATABASE_URL,
      chainsFile: '/etc/livret/chains.json',
      batchSeconds: 5,
      batchSize: 100,
      trustedProxies: ['10.0.0.5', 'fd00::/8'],
      key: Buffer.alloc(32),
      token: elsewhere.LIVRET_TOKEN,
    })
    expect(await readdir(dataDir)).toEqual([])
  })

  test('takes the key in hex, too', async () => {
    expect((await load({ LIVRET_KEY: '0a'.repeat(32) })).key).toEqual(Buffer.alloc(32, 10))
  })

  test.each([
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['LIVRET_BATCH_SECONDS', '0'],
    ['LIVRET_BATCH_SIZE', '65537'],
    ['LIVRET_DEV', 'yes'],
    ['LIVRET_BASE_URL', 'livret.example'],
    ['LIVRET_BASE_URL', 'ftp://livret.example'],
    ['LIVRET_BASE_URL', 'https://livret.example?tenant=1'],
    ['LIVRET_BASE_URL', 'http://localhost:8080'],
    ['LIVRET_TRUST_PROXY', '*'],
    ['LIVRET_TRUST_PROXY', '10.0.0.0/33'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['LIVRET_KEY', 'short'],
    ['LIVRET_TOKEN', 'short'],
    ['LIVRET_TOKEN', 'sixteen or more but blanks'],
  ])('refuses %s=%s', async (name, value) => {
    await expect(load({ ...elsewhere, [name]: value })).rejects.toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        facts: { input: 'environment', problems: [expect.stringMatching(`^${name}: `)] },
      }),
    )
  })

  test('refuses plain http beyond loopback even for trying out', async () => {
    const env = { LIVRET_DEV: '1', LIVRET_BASE_URL: 'http://livret.example' }
    await expect(load(env)).rejects.toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
    expect(await load({ LIVRET_DEV: '1', LIVRET_BASE_URL: 'http://127.0.0.1:9' })).toMatchObject({
      baseUrl: 'http://127.0.0.1:9',
    })
  })

  test.each([
    {
      DATABASE_URL: elsewhere.DATABASE_URL,
      LIVRET_KEY: 'A'.repeat(43),
      LIVRET_TOKEN: 'a'.repeat(16),
    },
    { LIVRET_CHAINS: '/etc/livret/chains.json' },
    { LIVRET_DEV: '0' },
    { PORT: '0' },
  ])('wants the public address where it cannot be guessed: %o', async (env) => {
    await expect(load(env)).rejects.toThrow(
      expect.objectContaining({
        facts: { input: 'environment', problems: [expect.stringMatching('^LIVRET_BASE_URL: ')] },
      }),
    )
    expect(await load({ ...env, LIVRET_BASE_URL: 'https://livret.example' })).toMatchObject({
      baseUrl: 'https://livret.example',
      dev: false,
    })
  })

  test('is for trying out with a database or chain elsewhere if that is said', async () => {
    const env = { LIVRET_CHAINS: '/etc/livret/chains.json', LIVRET_DEV: '1' }
    expect(await load(env)).toMatchObject({ baseUrl: 'http://localhost:8080', dev: true })
  })

  test('wants key and token to be set where several processes share a database', async () => {
    const { DATABASE_URL, LIVRET_BASE_URL } = elsewhere
    await expect(load({ DATABASE_URL, LIVRET_BASE_URL })).rejects.toThrow(
      expect.objectContaining({
        facts: {
          input: 'environment',
          problems: [expect.stringMatching('^LIVRET_KEY'), expect.stringMatching('^LIVRET_TOKEN')],
        },
      }),
    )
  })
})
