import { fromBase64url } from '../lib/base64url.ts'
import { isJsonObject, readJson, readJsonBytes, type Json, type JsonObject } from '../lib/json.ts'
import type { DecodedCredential } from './decoded.ts'

/** Claims of a JWT that are no part of the credential. */
const claims = new Set(['vc', 'iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf'])

/**
 * The credential as its issuer wrote it: one or many as they stand there, dates under their own names.
 * For JSON schemas, which ask for exactly that.
 *
 * @returns The JSON of an `ldp_vc` with its proof; the claims of a JWT without those of the JWT itself; of
 *   an SD-JWT, which is written otherwise, the credential that it was read as.
 */
export function signedDocument({ format, text, credential }: DecodedCredential): JsonObject {
  if (format === 'ldp_vc') return objectOf(readJson(text).value)
  if (format === 'dc+sd-jwt') return objectOf(readJson(JSON.stringify(credential)).value)
  const [, payload = ''] = text.trim().split('.')
  const bytes = fromBase64url(payload)
  const all = objectOf(bytes === undefined ? undefined : readJsonBytes(bytes).value)
  const own = Object.fromEntries(Object.entries(all).filter(([name]) => !claims.has(name)))
  return format === 'jwt_vc_json' ? { ...own, ...objectOf(all['vc']) } : own
}

/** What is none has been refused when the credential was read. */
function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}
