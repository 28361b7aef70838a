import { importVerifyKey, verifySignature } from '#crypto'
import * as z from 'zod/mini'
import { isRegistryError } from '../errors.ts'
import { parse } from '../lib/parse.ts'
import type { PublicJwk } from '../model/jwk.ts'
import { splitJws } from './jws.ts'

const NotPrivate = z
  .looseObject({})
  .check(z.refine((jwk) => !('d' in jwk), 'expected a public key, got a private one'))

/**
 * Tells whether a compact JWS (RFC 7515 section 7.1) was signed with a key, as strictly as credentials
 * are read: `ES256`, `ES384`, `ES256K` and `EdDSA` only, and only the one that the key is for; strict
 * base64url and JSON; no `crit`, `b64`, `jku`, `x5u`; at most 1 MB, with a header of at most 8 kB. What
 * the payload is does not matter, and a key in the header is never looked at.
 *
 * @param jws - Exactly the token: blanks around it are refused.
 * @param jwk - A public key on P-256, P-384, secp256k1 or Ed25519.
 * @returns `false`, never an error, for every other token and every key that cannot be used: of another
 *   kind, off its curve, of small order, or whose `alg`, `use` or `key_ops` do not allow it.
 * @throws {@link RegistryError} `INPUT_INVALID` for a private key, which no verifier should hold, and for
 *   what is no object at all.
 *
 * @example
 * ```ts
 * if (await verifyJws(token, publicJwk)) console.log('signed with this key')
 * ```
 */
export async function verifyJws(jws: string, jwk: PublicJwk): Promise<boolean> {
  parse(NotPrivate, jwk, 'key')
  const parts = orRefused(() => splitJws(parse(z.string(), jws, 'JWS')))
  const key = orRefused(() => importVerifyKey(jwk))
  if (parts === undefined || key === undefined) return false
  return verifySignature(parts.algorithm, key, parts.signingInput, parts.signature)
}

/** What `read` gives, or `undefined` if it refuses. */
function orRefused<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (isRegistryError(error)) return undefined
    throw error
  }
}
