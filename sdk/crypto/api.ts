/**
 * What both crypto entries offer: `node.ts` (node:crypto) and `web.ts` (WebCrypto and noble), chosen
 * by the `#crypto` import. Signatures are raw `r || s` as in JOSE (RFC 7518 section 3.4, RFC 8037).
 *
 * @module
 */
import * as z from 'zod/mini'
import type { Algorithm, PublicJwk } from '../model/jwk.ts'

/** Algorithms that Livret signs with. It verifies more: {@link Algorithm}. */
export const SigningAlgorithm = z.enum(['ES256', 'EdDSA'])
export type SigningAlgorithm = z.infer<typeof SigningAlgorithm>

const member = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'expected 32 bytes in base64url'))

/** A private key that Livret can sign with. Never leaves the process that holds it. */
export const PrivateJwk = z.discriminatedUnion('kty', [
  z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: member, y: member, d: member }),
  z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: member, d: member }),
])
export type PrivateJwk = z.infer<typeof PrivateJwk>

/** A new key in both halves. */
export interface KeyPair {
  publicJwk: PublicJwk
  privateJwk: PrivateJwk
}

/** A public key, imported once; it knows the one algorithm it may be used with. */
export interface VerifyKey {
  readonly algorithm: Algorithm
  /** Whether `signature` is this key's over `data`; `false`, never an error, for any other bytes. */
  verify(data: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>
}

/** A private key, imported once. */
export interface SigningKey {
  readonly algorithm: SigningAlgorithm
  /** The raw 64-byte signature over `data`. */
  sign(data: Uint8Array): Uint8Array | Promise<Uint8Array>
}
