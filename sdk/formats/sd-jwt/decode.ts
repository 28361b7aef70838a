/**
 * Reading `dc+sd-jwt`: SD-JWT VC, as RFC 9901 section 7.1 and SD-JWT VC section 3.4 want it read. Never
 * verifies, never fetches.
 *
 * @module
 */
import { metadataAddress } from '../../did/url-key.ts'
import { isRegistryError } from '../../errors.ts'
import type { JsonObject } from '../../lib/json.ts'
import { Credential } from '../../model/credential.ts'
import { scopesOf } from '../../model/scopes-of.ts'
import type { DecodedCredential } from '../decoded.ts'
import { decodeJws, secondsOf, type Jws } from '../jws.ts'
import { keyUrlOf } from '../kid.ts'
import { readClaims } from '../read-claims.ts'
import { refused } from '../refusal.ts'
import { readSdJwtClaims } from './claims.ts'
import { disclose, type PlacedDisclosure } from './disclose.ts'
import { readDisclosures, splitSdJwt, type SdJwtParts } from './disclosure.ts'

/** An SD-JWT whose disclosures were put in, before anything is made of its claims. */
export interface OpenedSdJwt {
  parts: SdJwtParts
  jws: Jws
  claims: JsonObject
  placed: readonly PlacedDisclosure[]
}

/**
 * Reads an SD-JWT of any kind.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with the codes of `decodeJws`, `readDisclosures`,
 *   `disclose`, and `DISCLOSURE_FORBIDDEN` for a claim that decides whether the token is valid.
 */
export function openSdJwt(text: string): OpenedSdJwt {
  const parts = splitSdJwt(text)
  const jws = decodeJws(parts.jwt)
  const disclosures = readDisclosures(parts.disclosures, jws.payload['_sd_alg'])
  const { claims, placed } = disclose(jws.payload, disclosures)
  forbid(placed, decidingClaims)
  return { parts, jws, claims, placed }
}

/**
 * Reads an SD-JWT VC without key binding.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID`: what {@link openSdJwt} gives; `FORMAT_UNKNOWN` if its
 *   `typ` is another, or a holder's JWT follows (that is a presentation); `DISCLOSURE_FORBIDDEN` for a
 *   claim of {@link openToAll}, or one that changes what the issuer must be accredited for.
 */
export function decodeSdJwtVc(text: string): DecodedCredential {
  const opened = openSdJwt(text)
  if (opened.parts.keyBinding !== undefined) {
    throw refused('FORMAT_UNKNOWN', 'a presentation (SD-JWT with key binding), not a credential')
  }
  return credentialOf(opened)
}

/** The credential in an SD-JWT VC that was opened; throws as {@link decodeSdJwtVc}. */
export function credentialOf({ parts, jws, claims, placed }: OpenedSdJwt): DecodedCredential {
  if (jws.typ !== 'dc+sd-jwt') throw refused('FORMAT_UNKNOWN', 'an SD-JWT that is no dc+sd-jwt')
  forbid(placed, openToAll)
  // Whoever is not among those it is for must not accept it (RFC 7519 section 4.1.3): nobody is.
  if (claims['aud'] !== undefined) {
    throw refused('CREDENTIAL_MALFORMED', 'aud: a credential is for everybody')
  }
  const { credential: members, holderKey } = readSdJwtClaims(claims)
  const credential = readClaims(Credential, members, 'CREDENTIAL_MALFORMED')
  const { payload, algorithm, signingInput, signature } = jws
  if (placed.length > 0) requireSameScopes(payload, credential)
  const issuer = credential.issuer.id
  const signedAt = secondsOf(claims, 'iat', 'CREDENTIAL_MALFORMED')
  const notBefore = secondsOf(payload, 'nbf', 'CREDENTIAL_MALFORMED')
  const expiresAt = secondsOf(payload, 'exp', 'CREDENTIAL_MALFORMED')
  return {
    format: 'dc+sd-jwt',
    text: parts.presented,
    algorithm,
    kid: keyUrlOf(keyIn(issuer, jws.kid), issuer, 'ISSUER_MISMATCH'),
    signingInput,
    signature,
    issuer,
    credential,
    ...(signedAt === undefined ? {} : { signedAt }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(holderKey === undefined ? {} : { holderKey }),
  }
}

/** The key of an issuer that is an https address stands, under its `kid`, in the issuer's metadata. */
function keyIn(issuer: string, kid: string | undefined): string | undefined {
  if (!issuer.startsWith('https:') || kid === undefined || kid.includes(':')) return kid
  return `${metadataAddress(issuer)}#${kid.replace(/^#/, '')}`
}

/** Claims that decide whether any SD-JWT is valid (RFC 9901 section 9.7). */
const decidingClaims = new Set(['iss', 'aud', 'exp', 'nbf', 'cnf', 'status'])

/**
 * Claims that every reader must see, with all that is in them: those of SD-JWT VC section 3.2.2.2, and
 * those of VCDM 2.0 that say what it is and whether it is valid.
 */
const openToAll: ReadonlySet<string> = new Set([
  ...decidingClaims,
  'vct',
  'vct#integrity',
  'aka_vcts',
  '@context',
  'type',
  'issuer',
  'validFrom',
  'validUntil',
  'credentialStatus',
  'credentialSchema',
  'relatedResource',
  'termsOfUse',
])

function forbid(placed: readonly PlacedDisclosure[], claims: ReadonlySet<string>): void {
  const hidden = placed.find(({ place: [name] }) => typeof name === 'string' && claims.has(name))
  if (hidden === undefined) return
  const reason = `${hidden.place.join('.')} must not be selectively disclosable`
  throw refused('DISCLOSURE_FORBIDDEN', reason)
}

/**
 * What the issuer must be accredited for must be the same whatever the holder keeps back.
 *
 * @param payload - As it was signed, with nothing disclosed.
 */
function requireSameScopes(payload: JsonObject, credential: Credential): void {
  const { type } = credential
  const contexts = credential['@context']
  const whole = scopesIn(credential)
  const least = scopesIn({ ...disclose(payload, []).claims, type, '@context': contexts })
  if (whole === least) return
  throw refused('DISCLOSURE_FORBIDDEN', 'a certification must not be selectively disclosable')
}

function scopesIn(credential: Parameters<typeof scopesOf>[0]): string {
  try {
    return scopesOf(credential).toSorted().join(' ')
  } catch (error) {
    if (isRegistryError(error)) return '?'
    throw error
  }
}
