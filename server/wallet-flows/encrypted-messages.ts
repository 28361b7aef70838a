/**
 * Encrypted credential requests and responses (OpenID4VCI 1.0 section 10): ECDH-ES on P-256.
 *
 * @module
 */
import { compactDecrypt, CompactEncrypt, importJWK, type JWK } from 'jose'
import { isJsonObject, jwkThumbprintBase64url, readJsonBytes, type JsonObject } from '#sdk'
import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { derivedKey } from './derived-key.ts'
import { refused } from './refused.ts'

/** Content encryption that we read and write. */
export const contentEncryption = ['A128GCM', 'A256GCM']
/** Key agreement, likewise. */
export const keyAgreement = 'ECDH-ES'

const purpose = 'credential-request-encryption'

/** The public key for requests to us, as metadata show it. */
export function requestKey(context: Pick<Context, 'config'>) {
  const { publicJwk } = derivedKey(context, purpose)
  const kid = jwkThumbprintBase64url(publicJwk)
  return { ...publicJwk, use: 'enc', alg: keyAgreement, kid }
}

/** Reads an encrypted request. Throws PROTOCOL_REFUSED with `invalid_encryption_parameters`. */
export async function openRequest(
  context: Pick<Context, 'config'>,
  jwe: string,
): Promise<JsonObject> {
  const content = await openJwe(jwe, derivedKey(context, purpose).privateJwk)
  if (content !== undefined) return content
  throw refused('invalid_encryption_parameters', 'the request does not open with our key')
}

/** The JSON object in a compact JWE; `undefined` if it does not open with this key, or holds none. */
export async function openJwe(jwe: string, privateJwk: JWK): Promise<JsonObject | undefined> {
  const key = await importJWK(privateJwk, keyAgreement)
  const { value } = await compactDecrypt(jwe, key, {
    keyManagementAlgorithms: [keyAgreement],
    contentEncryptionAlgorithms: contentEncryption,
  })
    .then(({ plaintext }) => readJsonBytes(plaintext))
    .catch(() => ({ value: undefined }))
  return isJsonObject(value) ? value : undefined
}

/** `credential_response_encryption` of a request. */
const Encryption = z.looseObject({
  jwk: z.looseObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    alg: z.literal(keyAgreement),
    kid: z.optional(z.string()),
    d: z.optional(z.never()),
  }),
  enc: z.enum(contentEncryption),
  zip: z.optional(z.never()),
})

/**
 * What makes an answer unreadable to others, if the request asks for it; that request must itself have
 * been encrypted, so that nobody on the way put their own key into it (section 8.2).
 *
 * Throws PROTOCOL_REFUSED with `invalid_encryption_parameters`.
 */
export async function answerSealer(
  { credential_response_encryption: asked }: JsonObject,
  wasEncrypted: boolean,
): Promise<((answer: unknown) => Promise<string>) | undefined> {
  if (asked === undefined) return undefined
  if (!wasEncrypted) throw invalid('the request must be encrypted, too')
  const encryption = Encryption.safeParse(asked)
  if (!encryption.success) throw invalid('expected a P-256 jwk with alg ECDH-ES, and a known enc')
  const { jwk, enc } = encryption.data
  const { kty, crv, x, y, alg, kid } = jwk
  const key = await importJWK({ kty, crv, x, y }, alg).catch(() => {
    throw invalid('the key is not on its curve')
  })
  return (answer) =>
    new CompactEncrypt(Buffer.from(JSON.stringify(answer)))
      .setProtectedHeader({ alg, enc, ...(kid !== undefined && { kid }) })
      .encrypt(key)
}

function invalid(what: string) {
  return refused('invalid_encryption_parameters', what)
}
