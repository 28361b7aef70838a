/**
 * With which key, and on which chains, the authority's part is done.
 *
 * @module
 */
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parse, Policy, RegistryError } from '#sdk'
import { createChain } from '../../server/chain/chain.ts'
import { openAuthority } from '../../server/chain/embedded/authority.ts'
import { loadConfig } from '../../server/config.ts'
import type { AccountSigner } from '../../server/context.ts'
import { accountSigner } from '../../server/keys/account.ts'
import { sealedKeys } from '../../server/keys/keys.ts'
import { sponsorOn, type Sponsor } from './sponsor.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The authority on every chain of a policy: by the key in the file that `LIVRET_AUTHORITY_KEY` names, or
 * by the demo authority's in the data directory. Throws INPUT_INVALID.
 */
export async function openSponsors(
  env: Environment,
  policyFile: string | undefined,
): Promise<readonly Sponsor[]> {
  const dataDir = resolve(env['LIVRET_DATA_DIR'] ?? '.livret')
  const file = policyFile ?? env['LIVRET_POLICY'] ?? join(dataDir, 'policy.json')
  const { chains } = parse(Policy, await readJson(file), file)
  const keyFile = env['LIVRET_AUTHORITY_KEY']
  const signer =
    keyFile === undefined
      ? await demoAuthority(env, dataDir)
      : accountSigner(await readSecret(resolve(keyFile)))
  return chains.map((pin) => sponsorOn(createChain(pin), signer))
}

/** The 32 bytes of a key: 64 hex digits in a file that nobody but its owner may read. */
export async function readSecret(file: string): Promise<Uint8Array> {
  const { mode } = await stat(file).catch(absent(file))
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw invalid(file, 'others may read it; run chmod 600 on it')
  }
  const text = (await readFile(file, 'utf8')).trim().replace(/^0x/, '')
  if (!/^[0-9a-fA-F]{64}$/.test(text)) throw invalid(file, 'expected 64 hex digits')
  return Buffer.from(text, 'hex')
}

async function demoAuthority(env: Environment, dataDir: string): Promise<AccountSigner> {
  const folder = join(dataDir, 'chain')
  await stat(join(folder, 'authority.json')).catch(() => {
    throw invalid('LIVRET_AUTHORITY_KEY', 'not set, and there is no demo authority yet: npm start')
  })
  // Only a server's own machine has one, and with it the server's key.
  const { key } = await loadConfig(env)
  return openAuthority(folder, sealedKeys(key))
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(absent(file))
  try {
    return JSON.parse(text)
  } catch {
    throw invalid(file, 'expected JSON')
  }
}

function absent(file: string) {
  return (): never => {
    throw invalid(file, 'cannot be read')
  }
}

function invalid(input: string, problem: string): RegistryError {
  return new RegistryError('INPUT_INVALID', { input, problems: [problem] })
}
