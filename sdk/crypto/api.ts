/**
 * What both crypto entries offer: `node.ts` (node:crypto) and `web.ts` (WebCrypto and noble), chosen
 * by the `#crypto` import. Signatures are raw `r || s` as in JOSE (RFC 7518 section 3.4, RFC 8037).
 *
 * @module
 */
import * as z from 'zod/mini'
import { Algorithm, type PublicJwk } from '../model/jwk.ts'

/** Algorithms that Livret signs with: all that it verifies. */
export const SigningAlgorithm = Algorithm
export type SigningAlgorithm = Algorithm

/** A number of `bytes` bytes. */
const member = (bytes: 32 | 48) =>
  z
    .string()
    .check(
      z.regex(
        bytes === 32 ? /^[A-Za-z0-9_-]{43}$/ : /^[A-Za-z0-9_-]{64}$/,
        `expected ${String(bytes)} bytes in base64url`,
      ),
    )
const [m32, m48] = [member(32), member(48)]
const kty = z.literal('EC')

/** A private key that Livret can sign with. Never leaves the process that holds it. */
export const PrivateJwk = z.discriminatedUnion('crv', [
  z.looseObject({ kty, crv: z.literal('P-256'), x: m32, y: m32, d: m32 }),
  z.looseObject({ kty, crv: z.literal('P-384'), x: m48, y: m48, d: m48 }),
  z.looseObject({ kty, crv: z.literal('secp256k1'), x: m32, y: m32, d: m32 }),
  z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: m32, d: m32 }),
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
  /** The raw signature over `data`: 64 bytes, 96 of ES384. */
  sign(data: Uint8Array): Uint8Array | Promise<Uint8Array>
}
