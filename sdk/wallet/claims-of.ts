import { RegistryError } from '../errors.ts'
import { decodeJws } from '../formats/jws.ts'
import { openSdJwt } from '../formats/sd-jwt/decode.ts'
import { isJsonObject, readJson, type JsonObject } from '../lib/json.ts'
import type { Format } from '../model/format.ts'

/** A credential as queries look at it. */
export interface ClaimSource {
  format: Format
  /** From the root: the credential of VCDM, or the claims of an SD-JWT with all that is disclosed. */
  claims: JsonObject
}

/**
 * The claims of a credential as its issuer wrote them, for claims path pointers (OpenID4VP 1.0
 * section 7); nothing is verified.
 *
 * @param text - A credential of `format`, that was read before: a token, or JSON.
 * @throws {@link RegistryError} `TOKEN_INVALID` as `decodeCredential`; `INPUT_INVALID` for what is no
 *   object.
 */
export function claimsOf(format: Format, text: string): ClaimSource {
  const claims = rootOf(format, text)
  if (isJsonObject(claims)) return { format, claims }
  const problems = ['expected a credential']
  throw new RegistryError('INPUT_INVALID', { input: 'credential', problems })
}

function rootOf(format: Format, text: string): unknown {
  switch (format) {
    case 'vc+jwt':
      return decodeJws(text).payload
    case 'jwt_vc_json':
      return decodeJws(text).payload['vc']
    case 'dc+sd-jwt':
      return openSdJwt(text).claims
    case 'ldp_vc':
      return readJson(text).value
  }
}
