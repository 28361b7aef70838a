import { importVerifyKey, type VerifyKey } from '#crypto'
import { jwkThumbprint } from '../crypto/thumbprint.ts'
import { findVerificationKey, type DidResolver } from '../did/resolver.ts'
import { isRegistryError } from '../errors.ts'
import type { PublicJwk } from '../model/jwk.ts'
import type { Did, Hash } from '../model/primitives.ts'
import type { Check } from '../model/report.ts'
import { answer } from './check.ts'

/** A key, ready for use. */
export interface FoundKey {
  readonly key: VerifyKey
  /** Its name on chain. */
  readonly thumbprint: Hash
}

/** The key that is said to have signed, or the check that says why there is none. */
export type KeyFinding = FoundKey | { readonly missing: Check }

/** Whose key is looked for, and how. */
export interface KeyQuestion {
  readonly issuer: Did
  readonly kid: string
  /** The key that the receipt brings, where the chain decides whose it is; then nothing is fetched. */
  readonly offered: PublicJwk | undefined
  readonly resolver: DidResolver
}

/**
 * Finds the key for the signature check: the one that the receipt brings, else the one that the
 * issuer's DID document has under `kid` for `assertionMethod`.
 *
 * @returns The key, or `KEY_UNRESOLVED` if trying again may help, or `KEY_INVALID`.
 */
export async function findIssuerKey(question: KeyQuestion): Promise<KeyFinding> {
  const { issuer, kid, offered, resolver } = question
  try {
    const jwk = offered ?? (await findVerificationKey(resolver, kid, issuer, 'assertionMethod'))
    return { key: importVerifyKey(jwk), thumbprint: jwkThumbprint(jwk) }
  } catch (error) {
    return { missing: missingKey(issuer, error) }
  }
}

/** The check that a key which cannot be had is answered with. Rethrows what has another cause. */
export function missingKey(issuer: Did, error: unknown): Check {
  if (!isRegistryError(error)) throw error
  const { code, message: reason } = error
  if (code === 'DID_UNREACHABLE') return answer('signature', 'KEY_UNRESOLVED', { issuer, reason })
  if (code === 'DID_INVALID' || code === 'INPUT_INVALID') {
    return answer('signature', 'KEY_INVALID', { issuer, reason })
  }
  throw error
}
