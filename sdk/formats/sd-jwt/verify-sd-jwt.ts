/**
 * Verifying an SD-JWT of any kind against a key that one has.
 *
 * @module
 */
import { importVerifyKey, verifySignature } from '#crypto'
import * as z from 'zod/mini'
import type { JsonObject } from '../../lib/json.ts'
import { parse } from '../../lib/parse.ts'
import { PublicJwk } from '../../model/jwk.ts'
import type { Seconds } from '../../model/primitives.ts'
import { secondsOf } from '../jws.ts'
import { readClaims } from '../read-claims.ts'
import { refused } from '../refusal.ts'
import { openSdJwt } from './decode.ts'
import { readKeyBinding, type KeyBinding } from './key-binding.ts'

/** What is verified, and against what. */
export interface SdJwtQuestion {
  /** The issuer's JWT, disclosures, and a key binding if there is one. */
  sdJwt: string
  issuerJwk: PublicJwk
  /** If given, there must be a key binding for this verifier and this nonce. */
  keyBinding?: { audience: string; nonce: string }
  /** The time to judge at. Default: now. */
  now?: Seconds
}

/** A good SD-JWT. */
export interface VerifiedSdJwt {
  verified: true
  /** The processed payload (RFC 9901 section 7.1): everything disclosed, nothing of `_sd` or `...`. */
  payload: JsonObject
  /** The claims of the key binding, if there is one. */
  keyBinding?: {
    audience: string
    nonce: string
    signedAt: Seconds
    /** `cnf.jwk`: who signed it. */
    holderKey: PublicJwk
  }
}

const Confirmation = z.looseObject({
  cnf: z.optional(z.looseObject({ jwk: z.optional(PublicJwk) })),
})

/**
 * Verifies an SD-JWT, and its key binding if there is one, by RFC 9901 sections 7.1 and 7.3: the
 * signatures, every disclosure, `exp`, `nbf` and the five minutes of a key binding.
 *
 * @returns What it says; it never returns for one that is not good.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the codes of `decodeCredential`, and
 *   `SIGNATURE_INVALID`, `EXPIRED`, `NOT_YET_VALID`, `CHALLENGE_MISMATCH`, `DOMAIN_MISMATCH`;
 *   `INPUT_INVALID` for a key that cannot be used.
 *
 * @example
 * ```ts
 * const { payload } = await verifySdJwt({ sdJwt, issuerJwk })
 * ```
 */
export async function verifySdJwt(question: SdJwtQuestion): Promise<VerifiedSdJwt> {
  const { sdJwt, issuerJwk, keyBinding: expected } = question
  const { now = Math.floor(Date.now() / 1000) } = question
  const { parts, jws, claims } = openSdJwt(parse(z.string(), sdJwt, 'SD-JWT'))
  await requireSignature(jws, parse(PublicJwk, issuerJwk, 'key'))
  const exp = secondsOf(claims, 'exp', 'CREDENTIAL_MALFORMED') ?? Infinity
  const nbf = secondsOf(claims, 'nbf', 'CREDENTIAL_MALFORMED') ?? -Infinity
  requirePeriod(nbf, exp, now)
  if (parts.keyBinding === undefined) {
    if (expected === undefined) return { verified: true, payload: claims }
    throw refused('KEY_BINDING_MALFORMED', 'there is no key binding')
  }
  const { cnf } = readClaims(Confirmation, claims, 'CREDENTIAL_MALFORMED')
  const binding = readKeyBinding(parts, cnf?.jwk, jws.payload['_sd_alg'])
  const { audience, nonce, signedAt, expiresAt, holderKey } = binding
  await requireSignature(binding, holderKey)
  requirePeriod(signedAt, expiresAt, now)
  if (expected !== undefined && nonce !== expected.nonce) {
    throw refused('CHALLENGE_MISMATCH', 'nonce: is another')
  }
  if (expected !== undefined && audience !== expected.audience) {
    throw refused('DOMAIN_MISMATCH', 'aud: is another')
  }
  return { verified: true, payload: claims, keyBinding: { audience, nonce, signedAt, holderKey } }
}

/** Clocks may differ by so much. */
const skew: Seconds = 60

function requirePeriod(from: Seconds, until: Seconds, now: Seconds): void {
  if (!(now + skew >= from)) throw refused('NOT_YET_VALID', 'it is not valid yet')
  if (!(now - skew < until)) throw refused('EXPIRED', 'it is not valid any more')
}

async function requireSignature(
  {
    algorithm,
    signingInput,
    signature,
  }: Pick<KeyBinding, 'algorithm' | 'signingInput' | 'signature'>,
  jwk: PublicJwk,
): Promise<void> {
  const isGood = await verifySignature(algorithm, importVerifyKey(jwk), signingInput, signature)
  if (!isGood) throw refused('SIGNATURE_INVALID', 'the signature is not that of the key')
}
