import { importVerifyKey, type VerifyKey } from '#crypto'
import { jwkThumbprint } from '../crypto/thumbprint.ts'
import { findVerificationKey, type DidResolver } from '../did/resolver.ts'
import { findUrlKey, type FetchDocument } from '../did/url-key.ts'
import { isRegistryError } from '../errors.ts'
import type { PublicJwk } from '../model/jwk.ts'
import { Did, type Hash, type IssuerId, IssuerUrl } from '../model/primitives.ts'
import type { Check } from '../model/report.ts'
import { answer } from './check.ts'

/** A key, ready for use. */
export interface FoundKey {
  readonly key: VerifyKey
  /** Its name on chain. */
  readonly thumbprint: Hash
  /** Set where it is on the issuer's host, and nothing shows that it is the issuer's own. */
  readonly isUnbound?: true
}

/** The key that is said to have signed, or the check that says why there is none. */
export type KeyFinding = FoundKey | { readonly missing: Check }

/** Where keys are found. */
export interface KeySources {
  readonly resolver: DidResolver
  /** Asks the hosts of issuers that are https addresses; `undefined`: they are not asked. */
  readonly fetchDocument: FetchDocument | undefined
}

/** Whose key is looked for, and how. */
export interface KeyQuestion {
  readonly issuer: IssuerId
  readonly kid: string
  readonly sources: KeySources
}

/** The key that a receipt brings, where the chain decides whose it is; nothing is fetched. Else as below. */
export function importOffered(issuer: IssuerId, offered: PublicJwk): KeyFinding {
  try {
    return imported(offered)
  } catch (error) {
    return { missing: missingKey(issuer, error) }
  }
}

/**
 * Finds the key for the signature check: the one that the issuer's DID document has under `kid` for
 * `assertionMethod`, or that its host has there.
 *
 * @returns The key, or `KEY_UNRESOLVED` if trying again may help, or `KEY_INVALID`.
 */
export async function findIssuerKey(question: KeyQuestion): Promise<KeyFinding> {
  const { issuer, kid, sources } = question
  try {
    const did = Did.safeParse(issuer)
    if (!did.success) return await findHostKey(sources, IssuerUrl.parse(issuer), kid)
    return imported(await findVerificationKey(sources.resolver, kid, did.data, 'assertionMethod'))
  } catch (error) {
    return { missing: missingKey(issuer, error) }
  }
}

function imported(jwk: PublicJwk): FoundKey {
  const key = importVerifyKey(jwk)
  const known = found.get(key)
  if (known !== undefined) return known
  const finding = { key, thumbprint: jwkThumbprint(jwk) }
  found.set(key, finding)
  return finding
}

/** A key that was imported before has the name that it had then. */
const found = new WeakMap<VerifyKey, FoundKey>()

async function findHostKey(
  { fetchDocument, resolver }: KeySources,
  issuer: IssuerUrl,
  kid: string,
): Promise<KeyFinding> {
  const unresolved = (reason: string) => ({
    missing: answer('signature', 'KEY_UNRESOLVED', { issuer, reason }),
  })
  if (fetchDocument === undefined) return unresolved('its host is not asked for keys here')
  try {
    const { jwk, isOwn } = await findUrlKey(fetchDocument, issuer, kid, resolver.now())
    return { ...imported(jwk), ...(!isOwn && { isUnbound: true }) }
  } catch (error) {
    if (isRegistryError(error) && error.code === 'DID_INVALID') throw error
    return unresolved(error instanceof Error ? error.message : 'its host does not answer')
  }
}

/** The check that a key which cannot be had is answered with. Rethrows what has another cause. */
export function missingKey(issuer: IssuerId, error: unknown): Check {
  if (!isRegistryError(error)) throw error
  if (error.code === 'DID_UNSUPPORTED') {
    const { method } = error.facts
    return answer('signature', 'DID_METHOD_UNSUPPORTED', { issuer, method })
  }
  const { code, message: reason } = error
  if (code === 'DID_UNREACHABLE') return answer('signature', 'KEY_UNRESOLVED', { issuer, reason })
  if (code === 'DID_INVALID' || code === 'INPUT_INVALID') {
    return answer('signature', 'KEY_INVALID', { issuer, reason })
  }
  throw error
}
