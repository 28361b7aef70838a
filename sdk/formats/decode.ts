/**
 * Reading credentials. Never verifies, never fetches.
 *
 * @module
 */
import { Credential, LegacyCredential } from '../model/credential.ts'
import { readPlainCredential } from '../model/plain-credential.ts'
import type { DecodedCredential } from './decoded.ts'
import { decodeJws, secondsOf, type Jws } from './jws.ts'
import { keyUrlOf } from './kid.ts'
import { fromLegacyClaims } from './legacy.ts'
import { isOb3Payload, requireOb3Claims } from './ob3-jwt.ts'
import { readClaims } from './read-claims.ts'
import { refused } from './refusal.ts'
import { decodeSdJwtVc } from './sd-jwt/decode.ts'

export type { DecodedCredential } from './decoded.ts'

/**
 * Reads a credential in any format that Livret knows, strictly: what two readers could understand in
 * two ways is refused.
 *
 * @param text - A compact JWS: `vc+jwt` (VC-JOSE-COSE), the JWT form of Open Badges 3.0, which is read
 *   as `vc+jwt`, or `jwt_vc_json` (VCDM 1.1 section 6.3.1); or an SD-JWT: `dc+sd-jwt` (SD-JWT VC).
 * @throws {@link RegistryError} `TOKEN_INVALID`; `facts.code` is one of the codes in `refusal.ts`.
 *
 * @example
 * ```ts
 * const { issuer, kid, credential } = decodeCredential(jwt)
 * ```
 */
export function decodeCredential(text: string): DecodedCredential {
  if (text.includes('~')) return decodeSdJwtVc(text)
  const jws = decodeJws(text)
  if (jws.typ === 'vc+jwt') return decodeVcJwt(jws)
  if (jws.typ === undefined || jws.typ === 'jwt') {
    if ('vc' in jws.payload) return decodeJwtVcJson(jws)
    if (isOb3Payload(jws.payload)) return decodeOb3Jwt(jws)
  }
  throw refused('FORMAT_UNKNOWN', 'neither vc+jwt nor a JWT with a vc claim')
}

/** VC-JOSE-COSE section 3.1.1: the payload is the credential. */
function decodeVcJwt(jws: Jws): DecodedCredential {
  const { payload } = jws
  if ('vc' in payload || 'vp' in payload) {
    throw refused('CREDENTIAL_MALFORMED', 'the claims vc and vp must not be present')
  }
  const credential =
    readPlainCredential(payload) ?? readClaims(Credential, payload, 'CREDENTIAL_MALFORMED')
  const { iss, jti, sub } = payload
  if (iss !== undefined && iss !== credential.issuer.id) {
    throw refused('ISSUER_MISMATCH', 'iss is not the issuer')
  }
  // Registered claims should not conflict with the credential (section 3.1.3): here they must not.
  if (jti !== undefined && jti !== credential.id)
    throw refused('CREDENTIAL_MALFORMED', 'jti is not the id')
  if (sub !== undefined && !credential.credentialSubject.some(({ id }) => id === sub)) {
    throw refused('CREDENTIAL_MALFORMED', 'sub is not the subject')
  }
  return finish('vc+jwt', jws, credential)
}

/** Open Badges 3.0 section 8.2. */
function decodeOb3Jwt(jws: Jws): DecodedCredential {
  const decoded = decodeVcJwt(jws)
  requireOb3Claims(jws.payload, decoded.credential)
  return decoded
}

function decodeJwtVcJson(jws: Jws): DecodedCredential {
  const credential = fromLegacyClaims(jws.payload)
  return finish(
    'jwt_vc_json',
    jws,
    readClaims(LegacyCredential, credential, 'CREDENTIAL_MALFORMED'),
  )
}

function finish(
  format: DecodedCredential['format'],
  { text, bytes, algorithm, kid, payload, signingInput, signature }: Jws,
  credential: Credential,
): DecodedCredential {
  // Whoever is not among those it is for must not accept it (RFC 7519 section 4.1.3): nobody is.
  if (payload['aud'] !== undefined)
    throw refused('CREDENTIAL_MALFORMED', 'aud: a credential is for everybody')
  const issuer = credential.issuer.id
  const signedAt = secondsOf(payload, 'iat', 'CREDENTIAL_MALFORMED')
  const notBefore = secondsOf(payload, 'nbf', 'CREDENTIAL_MALFORMED')
  const expiresAt = secondsOf(payload, 'exp', 'CREDENTIAL_MALFORMED')
  return {
    format,
    text,
    bytes,
    algorithm,
    kid: keyUrlOf(kid, issuer, 'ISSUER_MISMATCH'),
    signingInput,
    signature,
    issuer,
    credential,
    ...(signedAt === undefined ? {} : { signedAt }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}
