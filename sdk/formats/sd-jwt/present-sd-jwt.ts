/**
 * Presenting an SD-JWT: the holder chooses what to show, and signs for whom.
 *
 * @module
 */
import { importVerifyKey, verifySignature } from '#crypto'
import { RegistryError } from '../../errors.ts'
import type { PublicJwk } from '../../model/jwk.ts'
import type { Seconds } from '../../model/primitives.ts'
import { splitJws } from '../jws.ts'
import { signJws } from '../sign-jws.ts'
import type { Signer } from '../signer.ts'
import { isOnPath, leadsSomewhere, type ClaimPath } from './claim-path.ts'
import { credentialOf, openSdJwt, type OpenedSdJwt } from './decode.ts'
import { digestOf } from './disclosure.ts'
import { keyBindingType } from './key-binding.ts'

/** For whom an SD-JWT is presented. */
export interface SdJwtRequest {
  /** `aud`: who the verifier is. */
  audience: string
  /** What the verifier sent, so that it cannot be used twice. */
  nonce: string
  /** `iat`. Default: now. */
  signedAt?: Seconds
}

/**
 * Presents an SD-JWT VC with as little as is asked for: what stands open in any case, the claims that
 * are named with all that is in them, and what holds them.
 *
 * @param text - The credential, with the disclosures that the holder has.
 * @param claims - Paths of the claims to disclose, such as
 *   `['credentialSubject', 'achievement', 'alignment', 0]`; `null` stands for every item of a list.
 * @param signer - The holder's key: that of `cnf`.
 * @returns An SD-JWT with key binding, for `decodePresentation` and any verifier of RFC 9901.
 * @throws {@link RegistryError} `TOKEN_INVALID` as `decodeCredential`; `INPUT_INVALID` if a path leads
 *   nowhere, if the credential is bound to no key, or to another.
 *
 * @example
 * ```ts
 * const skill = ['credentialSubject', 'achievement', 'alignment', 0]
 * await presentSdJwt(text, [skill], signer, { audience: 'did:web:employer.example', nonce })
 * ```
 */
export async function presentSdJwt(
  text: string,
  claims: readonly ClaimPath[],
  signer: Signer,
  { audience, nonce, signedAt = Math.floor(Date.now() / 1000) }: SdJwtRequest,
): Promise<string> {
  const opened = openSdJwt(text)
  const { holderKey } = credentialOf(opened)
  if (holderKey === undefined) throw unpresentable('cnf: the credential is bound to no key')
  const presented = withOnly(opened, claims)
  const claimsOfHolder = {
    iat: signedAt,
    aud: audience,
    nonce,
    sd_hash: digestOf(presented, opened.jws.payload['_sd_alg']),
  }
  const keyBinding = await signJws({ typ: keyBindingType }, claimsOfHolder, signer)
  if (!(await isSignedWith(holderKey, keyBinding))) {
    throw unpresentable('the key is not the one that the credential is bound to')
  }
  return presented + keyBinding
}

/**
 * A copy of an SD-JWT that discloses less; not signed by anybody but its issuer.
 *
 * @param claims - As for {@link presentSdJwt}.
 * @throws As {@link presentSdJwt}.
 */
export function discloseOnly(text: string, claims: readonly ClaimPath[]): string {
  return withOnly(openSdJwt(text), claims)
}

function withOnly(
  { parts, claims: all, placed }: OpenedSdJwt,
  claims: readonly ClaimPath[],
): string {
  const nowhere = claims.find((path) => !leadsSomewhere(all, path))
  if (nowhere !== undefined) {
    throw unpresentable(`${nowhere.map(String).join('.')}: there is no such claim`)
  }
  const chosen = placed.filter(({ place }) => claims.some((path) => isOnPath(place, path)))
  return [parts.jwt, ...chosen.map(({ disclosure }) => disclosure.text), ''].join('~')
}

async function isSignedWith(jwk: PublicJwk, jws: string): Promise<boolean> {
  const { algorithm, signingInput, signature } = splitJws(jws)
  return verifySignature(algorithm, importVerifyKey(jwk), signingInput, signature)
}

function unpresentable(problem: string): RegistryError<'INPUT_INVALID'> {
  return new RegistryError('INPUT_INVALID', { input: 'presentation', problems: [problem] })
}
