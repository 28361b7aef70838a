/**
 * Key binding (RFC 9901 section 4.3): the holder's JWT behind an SD-JWT.
 *
 * @module
 */
import * as z from 'zod/mini'
import type { Json } from '../../lib/json.ts'
import type { PublicJwk } from '../../model/jwk.ts'
import type { Seconds } from '../../model/primitives.ts'
import { decodeJws, secondsOf, type Jws } from '../jws.ts'
import { readClaims } from '../read-claims.ts'
import { refused } from '../refusal.ts'
import { digestOf, type SdJwtParts } from './disclosure.ts'

/** For how long after its signing a key binding is accepted. */
const lifetime: Seconds = 300

/** Type of the JWT, in its header. */
export const keyBindingType = 'kb+jwt'

const KeyBindingClaims = z.looseObject({
  iat: z.number(),
  aud: z.string().check(z.minLength(1)),
  nonce: z.string().check(z.minLength(1)),
  sd_hash: z.string(),
})

/** A key binding that was read, not verified. */
export interface KeyBinding extends Pick<Jws, 'algorithm' | 'signingInput' | 'signature'> {
  /** `cnf.jwk` of the credential: whose signature it must have. */
  holderKey: PublicJwk
  audience: string
  nonce: string
  signedAt: Seconds
  /** From when on it must not be accepted: five minutes after `signedAt`, or at its own `exp`. */
  expiresAt: Seconds
}

/**
 * Reads the key binding of what was presented.
 *
 * @param holderKey - `cnf.jwk` of the credential.
 * @param hashName - `_sd_alg`, with which `sd_hash` is made, too.
 * @throws {@link RegistryError} `TOKEN_INVALID` with `KEY_BINDING_UNNAMED` if the credential names no
 *   key, `KEY_BINDING_MALFORMED` for another `typ` or a claim that is missing, `KEY_BINDING_MISMATCH` if
 *   `sd_hash` is not that of the text before it; and the codes of `decodeJws`.
 */
export function readKeyBinding(
  { presented, keyBinding = '' }: SdJwtParts,
  holderKey: PublicJwk | undefined,
  hashName: Json | undefined,
): KeyBinding {
  const { typ, payload, algorithm, signingInput, signature } = decodeJws(keyBinding)
  if (typ !== keyBindingType) throw refused('KEY_BINDING_MALFORMED', 'typ: expected kb+jwt')
  if (holderKey === undefined) {
    throw refused('KEY_BINDING_UNNAMED', 'cnf: the credential names no key of a holder')
  }
  const claims = readClaims(KeyBindingClaims, payload, 'KEY_BINDING_MALFORMED')
  if (claims.sd_hash !== digestOf(presented, hashName)) {
    throw refused('KEY_BINDING_MISMATCH', 'sd_hash: is not that of what was presented')
  }
  const signedAt = Math.floor(claims.iat)
  secondsOf(payload, 'iat', 'KEY_BINDING_MALFORMED')
  const ownEnd = secondsOf(payload, 'exp', 'KEY_BINDING_MALFORMED') ?? Infinity
  return {
    algorithm,
    signingInput,
    signature,
    holderKey,
    audience: claims.aud,
    nonce: claims.nonce,
    signedAt,
    expiresAt: Math.min(signedAt + lifetime, ownEnd),
  }
}
