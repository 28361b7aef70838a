import { readFile } from 'node:fs/promises'
import {
  createSigner,
  jwkThumbprint,
  jwkThumbprintBase64url,
  parse,
  PrivateJwk,
  RegistryError,
  type ChainPin,
  type Signer,
} from '#sdk'

/**
 * The signer of the private JWK in `file`. Throws INPUT_INVALID if there is none, or if verifiers who trust `pin`
 * would not believe it.
 */
export async function readCheckpointKey(
  file: string,
  { name, checkpointKeys = [] }: ChainPin,
): Promise<Signer> {
  const privateJwk = parse(PrivateJwk, await readJwk(file), file)
  const isPinned = checkpointKeys.map(jwkThumbprint).includes(jwkThumbprint(privateJwk))
  if (isPinned) return createSigner(jwkThumbprintBase64url(privateJwk), privateJwk)
  throw refused(`${name}: checkpointKeys of the pin do not name the key in ${file}`)
}

async function readJwk(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw refused(`${file}: expected a JWK`, cause)
  }
}

function refused(problem: string, cause?: unknown): RegistryError {
  return new RegistryError(
    'INPUT_INVALID',
    { input: 'LIVRET_CHAINS', problems: [problem] },
    { cause },
  )
}
