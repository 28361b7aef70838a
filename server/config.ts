/**
 * What the operator sets, from environment variables.
 *
 * @module
 */
import { join, resolve } from 'node:path'
import { RegistryError } from '#sdk'
import ipaddr from 'ipaddr.js'
import { keptSecret } from './kept-secret.ts'

/** How this server runs. */
export interface Config {
  /** TCP port; 0 for any free one. */
  port: number
  /** Where the world reaches the server; without a trailing slash. The issuers' DIDs follow from it. */
  baseUrl: string
  /** Absolute path of the folder for everything that is kept. */
  dataDir: string
  /** A PostgreSQL elsewhere; undefined: one is run in the data directory. */
  databaseUrl: string | undefined
  /** File with the configured chains; undefined: an embedded node is run. */
  chainsFile: string | undefined
  /** The bearer token of the API. */
  token: string
  /** 32 bytes that encrypt keys at rest. */
  key: Uint8Array
  /** A batch closes so long after its first credential (sooner by default on the embedded chain, where gas is free) … */
  batchSeconds: number
  /** … or when it holds so many. */
  batchSize: number
  /** Addresses and networks of proxies, beside this machine's, that are believed who asks. */
  trustedProxies: readonly string[]
  /** For trying out: plain HTTP on loopback is fine, and this server asks loopback addresses, too. */
  dev: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the configuration. Makes `LIVRET_KEY` and `LIVRET_TOKEN` once, in the data directory, where
 * they are not set; with `DATABASE_URL` they must be, since several processes share them.
 * Throws INPUT_INVALID naming every variable that is wrong.
 */
export async function loadConfig(env: Environment): Promise<Config> {
  const problems: string[] = []
  const port = integer(env, 'PORT', { min: 0, max: 65_535, otherwise: 8080 }, problems)
  const real = ['LIVRET_BASE_URL', 'DATABASE_URL', 'LIVRET_CHAINS']
  const isUnset = real.every((name) => env[name] === undefined)
  const dev = flag(env, 'LIVRET_DEV', isUnset, problems)
  const config = {
    port,
    dev,
    baseUrl: baseUrl(env['LIVRET_BASE_URL'], port, dev, problems),
    dataDir: resolve(env['LIVRET_DATA_DIR'] ?? '.livret'),
    databaseUrl: databaseUrl(env['DATABASE_URL'], problems),
    chainsFile: env['LIVRET_CHAINS'] === undefined ? undefined : resolve(env['LIVRET_CHAINS']),
    batchSeconds: integer(
      env,
      'LIVRET_BATCH_SECONDS',
      { min: 1, max: 86_400, otherwise: env['LIVRET_CHAINS'] === undefined ? 5 : 60 },
      problems,
    ),
    batchSize: integer(
      env,
      'LIVRET_BATCH_SIZE',
      { min: 1, max: 65_536, otherwise: 65_536 },
      problems,
    ),
    trustedProxies: proxies(env['LIVRET_TRUST_PROXY'], problems),
  }
  for (const name of ['LIVRET_KEY', 'LIVRET_TOKEN']) {
    if (config.databaseUrl !== undefined && env[name] === undefined) {
      problems.push(`${name}: must be set together with DATABASE_URL`)
    }
  }
  refuse(problems)

  const key = decodeKey(env['LIVRET_KEY'] ?? (await keptSecret(join(config.dataDir, 'key'))))
  if (key === undefined) problems.push('LIVRET_KEY: expected 32 bytes in base64url or hex')
  const token = env['LIVRET_TOKEN'] ?? (await keptSecret(join(config.dataDir, 'token')))
  if (!/^[\x21-\x7e]{16,}$/.test(token)) {
    problems.push('LIVRET_TOKEN: expected at least 16 visible ASCII characters')
  }
  refuse(problems)
  return { ...config, key: key ?? new Uint8Array(), token }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new RegistryError('INPUT_INVALID', { input: 'environment', problems })
  }
}

function integer(
  env: Environment,
  name: string,
  { min, max, otherwise }: { min: number; max: number; otherwise: number },
  problems: string[],
): number {
  const text = env[name]
  if (text === undefined) return otherwise
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  if (value >= min && value <= max) return value
  problems.push(`${name}: expected a whole number from ${min} to ${max}`)
  return otherwise
}

function flag(env: Environment, name: string, otherwise: boolean, problems: string[]): boolean {
  const text = env[name]
  if (text === '0' || text === '1') return text === '1'
  if (text !== undefined) problems.push(`${name}: expected 0 or 1`)
  return otherwise
}

/** The public address; for trying out, that of the port if nobody says another. */
function baseUrl(
  given: string | undefined,
  port: number,
  dev: boolean,
  problems: string[],
): string {
  if (given === undefined && (!dev || port === 0)) {
    problems.push('LIVRET_BASE_URL: must be set, except on a fixed PORT with LIVRET_DEV=1')
    return ''
  }
  const text = given ?? `http://localhost:${String(port)}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isBare = url !== undefined && url.search === '' && url.hash === '' && url.username === ''
  if (url === undefined || !isBare || !['http:', 'https:'].includes(url.protocol)) {
    problems.push('LIVRET_BASE_URL: expected an https URL without query')
    return text
  }
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol === 'http:' && !(dev && isLoopback)) {
    problems.push('LIVRET_BASE_URL: plain http is for loopback with LIVRET_DEV=1 only')
  }
  return url.href.replace(/\/+$/, '')
}

function databaseUrl(text: string | undefined, problems: string[]): string | undefined {
  if (text !== undefined && !/^postgres(ql)?:\/\//.test(text)) {
    problems.push('DATABASE_URL: expected postgres://…')
  }
  return text
}

function proxies(text: string | undefined, problems: string[]): readonly string[] {
  const given = text?.split(',').map((each) => each.trim()) ?? []
  if (!given.every((each) => ipaddr.isValid(each) || ipaddr.isValidCIDR(each))) {
    problems.push(
      'LIVRET_TRUST_PROXY: expected addresses or networks such as 10.0.0.0/8, by commas',
    )
  }
  return given
}

function decodeKey(text: string): Uint8Array | undefined {
  const key = /^[0-9a-fA-F]{64}$/.test(text)
    ? Buffer.from(text, 'hex')
    : /^[A-Za-z0-9_-]{43}=?$/.test(text) && Buffer.from(text, 'base64url')
  return key === false ? undefined : key
}
