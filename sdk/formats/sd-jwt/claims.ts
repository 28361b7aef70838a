/**
 * SD-JWT VC claims (IETF draft-ietf-oauth-sd-jwt-vc section 3.2.2) and the members of VCDM 2.0 that they
 * stand for. What Livret issues has the members beside the claims; another's credential may be flat.
 *
 * @module
 */
import * as z from 'zod/mini'
import { didJwkOf } from '../../did/did-jwk.ts'
import { isJsonObject, type JsonObject } from '../../lib/json.ts'
import { credentialsV2 } from '../../model/credential.ts'
import { PublicJwk } from '../../model/jwk.ts'
import { Url } from '../../model/primitives.ts'
import { tokenStatusType } from '../../model/status-entry.ts'
import { dateOf, issuerOf } from '../legacy.ts'
import { readClaims } from '../read-claims.ts'
import { refused } from '../refusal.ts'

/** Type that every credential has, whatever its data model. */
const plainType = 'VerifiableCredential'

const Registered = z.looseObject({
  vct: z.string().check(z.minLength(1)),
  sub: z.optional(z.string()),
  cnf: z.optional(z.looseObject({ jwk: z.optional(PublicJwk) })),
  status: z.optional(
    z.looseObject({
      status_list: z.optional(z.looseObject({ idx: z.int().check(z.nonnegative()), uri: Url })),
    }),
  ),
})

/** What the claims say, in the words of VCDM 2.0. */
export interface ReadSdJwtClaims {
  /** For the schema `Credential`. */
  credential: JsonObject
  /** `cnf.jwk`: the key that the holder must prove to have. */
  holderKey: PublicJwk | undefined
}

/**
 * The credential in the claims of an SD-JWT VC. `iss` → `issuer`, `nbf` (else `iat`) → `validFrom`,
 * `exp` → `validUntil`, `sub` → `credentialSubject.id`, `status.status_list` → an entry of
 * `credentialStatus`. Without `@context` and `type`, the claims are about the subject, and `vct` is the
 * type. A subject without a name is whoever has the key of `cnf`.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with `CREDENTIAL_MALFORMED`, or `ISSUER_MISMATCH`.
 */
export function readSdJwtClaims(claims: JsonObject): ReadSdJwtClaims {
  const { vct, sub, cnf, status } = readClaims(Registered, claims, 'CREDENTIAL_MALFORMED')
  const holderKey = cnf?.jwk
  const members = 'type' in claims || '@context' in claims ? ownMembers(claims) : flat(claims, vct)
  const { issuer, validFrom, validUntil, ...rest } = members
  const from = dateOf(claims, 'nbf', validFrom) ?? dateOf(claims, 'iat', undefined)
  const until = dateOf(claims, 'exp', validUntil)
  const named = sub !== undefined && Url.safeParse(sub).success ? sub : undefined
  const credentialStatus = [rest['credentialStatus'] ?? [], tokenEntry(status?.status_list)].flat()
  const { evidence, ...others } = rest
  return {
    holderKey,
    credential: {
      ...others,
      issuer: issuerOf(claims['iss'], issuer),
      ...(from === undefined ? {} : { validFrom: from }),
      ...(until === undefined ? {} : { validUntil: until }),
      credentialSubject: subjectOf(rest['credentialSubject'], named, holderKey),
      ...(credentialStatus.length > 0 && { credentialStatus }),
      // All of it may have been kept back.
      ...(evidence === undefined || isEmpty(evidence) ? {} : { evidence }),
    },
  }
}

const registered = new Set(
  ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf', 'vct', 'vct#integrity'].concat(
    'aka_vcts',
    'status',
  ),
)

function ownMembers(claims: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !registered.has(name)))
}

function flat(claims: JsonObject, vct: string): JsonObject {
  const { jti } = claims
  return {
    '@context': [credentialsV2],
    ...(typeof jti === 'string' && Url.safeParse(jti).success && { id: jti }),
    type: [plainType, ...(vct === plainType ? [] : [vct])],
    credentialSubject: ownMembers(claims),
  }
}

function subjectOf(
  subject: JsonObject[string],
  sub: string | undefined,
  holderKey: PublicJwk | undefined,
): JsonObject[string] {
  if (!isJsonObject(subject)) return subject
  const { id } = subject
  if (id !== undefined && sub !== undefined && id !== sub) {
    throw refused('CREDENTIAL_MALFORMED', 'sub is not the subject')
  }
  const name = id ?? sub ?? (holderKey && didJwkOf(holderKey))
  return { ...subject, ...(name !== undefined && { id: name }) }
}

function tokenEntry(place: { idx: number; uri: string } | undefined): readonly JsonObject[] {
  if (place === undefined) return []
  const { idx, uri } = place
  return [{ type: tokenStatusType, statusListIndex: String(idx), statusListToken: uri }]
}

function isEmpty(value: JsonObject[string]): boolean {
  return Array.isArray(value) && value.length === 0
}
