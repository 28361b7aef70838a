import type { KeyPair } from '#crypto'
import { didJwkOf } from '../did/did-jwk.ts'
import { createSigner } from '../formats/signer.ts'
import { toBase64url } from '../lib/base64url.ts'
import { utf8 } from '../lib/bytes.ts'
import type { Seconds } from '../model/primitives.ts'

/** What a key proof answers. */
export interface KeyProofRequest {
  /** Identifier of the credential issuer. */
  issuer: string
  /** Its `c_nonce`, if it has a nonce endpoint. */
  nonce: string | undefined
  signedAt: Seconds
}

/**
 * Proves to an issuer that one holds a key (OpenID4VCI 1.0 appendix F.1). The key itself stands in the
 * header, so that it also suits formats that are bound to keys, not DIDs.
 */
export async function keyProof(
  { publicJwk, privateJwk }: KeyPair,
  { issuer, nonce, signedAt }: KeyProofRequest,
): Promise<string> {
  const signer = createSigner(`${didJwkOf(publicJwk)}#0`, privateJwk)
  const header = { alg: signer.algorithm, typ: 'openid4vci-proof+jwt', jwk: publicJwk }
  const claims = { aud: issuer, iat: signedAt, ...(nonce !== undefined && { nonce }) }
  const input = [header, claims].map((part) => toBase64url(utf8(JSON.stringify(part)))).join('.')
  return `${input}.${toBase64url(await signer.sign(utf8(input)))}`
}
