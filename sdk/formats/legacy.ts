/**
 * The JWT mapping of VCDM 1.1 (section 6.3.1): some members move from the credential into registered
 * claims, and come back here under their names of VCDM 2.0.
 *
 * @module
 */
import { isJsonObject, type JsonObject } from '../lib/json.ts'
import { secondsOf } from './jws.ts'
import { refused } from './refusal.ts'

/** Claims of the JWT itself; all others beside `vc` are members that did-jwt-vc left outside. */
const claims = new Set(['vc', 'iss', 'sub', 'jti', 'nbf', 'exp', 'iat', 'aud', 'nonce', 'cnf'])

/**
 * The credential in a VCDM 1.1 payload. `nbf` (else `iat`) → `validFrom`, `exp` → `validUntil`, `iss`
 * → `issuer`, `jti` → `id`, `sub` → `credentialSubject.id`.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID`: `ISSUER_MISMATCH` if `iss` is not the issuer, otherwise
 *   `CREDENTIAL_MALFORMED` if a claim contradicts its member, or a member stands inside and outside.
 */
export function fromLegacyClaims(payload: JsonObject): JsonObject {
  const { vc, iss, jti } = payload
  if (!isJsonObject(vc)) throw refused('CREDENTIAL_MALFORMED', 'vc: expected an object')
  const outside = Object.keys(payload).filter((name) => !claims.has(name))
  const twice = outside.find((name) => name in vc)
  if (twice !== undefined)
    throw refused('CREDENTIAL_MALFORMED', `${twice}: stands inside and outside vc`)
  const credential = { ...Object.fromEntries(outside.map((name) => [name, payload[name]])), ...vc }
  const { issuanceDate, expirationDate, ...rest } = credential
  const validFrom = dateOf(payload, 'nbf', issuanceDate) ?? dateOf(payload, 'iat', undefined)
  const validUntil = dateOf(payload, 'exp', expirationDate)
  if (jti !== undefined && rest['id'] !== undefined && jti !== rest['id']) {
    throw refused('CREDENTIAL_MALFORMED', 'jti is not the id')
  }
  const id = rest['id'] ?? jti
  return {
    ...rest,
    ...(id === undefined ? {} : { id }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
    issuer: issuerOf(iss, rest['issuer']),
    credentialSubject: subjectOf(payload['sub'], rest['credentialSubject']),
  }
}

/**
 * The issuer of a credential from the claim `iss` and the member, which may be one string or a profile.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with `ISSUER_MISMATCH` if they name two.
 */
export function issuerOf(iss: JsonObject[string], issuer: JsonObject[string]): JsonObject {
  const profile = isJsonObject(issuer) ? issuer : issuer === undefined ? {} : { id: issuer }
  if (iss !== undefined && profile['id'] !== undefined && profile['id'] !== iss) {
    throw refused('ISSUER_MISMATCH', 'iss is not the issuer')
  }
  return { ...profile, id: profile['id'] ?? iss }
}

function subjectOf(sub: JsonObject[string], subject: JsonObject[string]): JsonObject[string] {
  if (sub === undefined || !isJsonObject(subject)) {
    if (sub === undefined) return subject
    throw refused('CREDENTIAL_MALFORMED', 'sub needs one subject')
  }
  if (subject['id'] !== undefined && subject['id'] !== sub) {
    throw refused('CREDENTIAL_MALFORMED', 'sub is not the subject')
  }
  return { ...subject, id: sub }
}

/**
 * A date from its claim, its member, or both if they agree to the second.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with `CREDENTIAL_MALFORMED` if they do not.
 */
export function dateOf(
  payload: JsonObject,
  claim: 'nbf' | 'iat' | 'exp',
  member: JsonObject[string],
): JsonObject[string] {
  const seconds = secondsOf(payload, claim, 'CREDENTIAL_MALFORMED')
  if (seconds === undefined) return member
  if (member === undefined) return new Date(seconds * 1000).toISOString()
  if (typeof member === 'string' && Math.floor(Date.parse(member) / 1000) === seconds) return member
  throw refused('CREDENTIAL_MALFORMED', `${claim} is not the date in vc`)
}
