/**
 * Public keys as JSON Web Keys (RFC 7517, RFC 8037, RFC 8812), and the algorithms they are used with.
 *
 * @module
 */
import * as z from 'zod/mini'

const coordinate = z.string().check(z.regex(/^[A-Za-z0-9_-]+$/, 'expected base64url'))

/** A public key on P-256 (`ES256`), P-384 (`ES384`) or secp256k1 (`ES256K`). */
export const EcPublicJwk = z.looseObject({
  kty: z.literal('EC'),
  crv: z.enum(['P-256', 'P-384', 'secp256k1']),
  x: coordinate,
  y: coordinate,
})

/** A public Ed25519 key (`EdDSA`). */
export const OkpPublicJwk = z.looseObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: coordinate,
})

/** A public key that Livret can verify with. Private members are refused, never ignored. */
export const PublicJwk = z
  .discriminatedUnion('kty', [EcPublicJwk, OkpPublicJwk])
  .check(z.refine((jwk) => !('d' in jwk), 'expected a public key, got a private one'))
export type PublicJwk = z.infer<typeof PublicJwk>

/** JWS algorithms (RFC 7518 section 3.4, RFC 8037, RFC 8812) that Livret knows; no other is ever tried. */
export const Algorithm = z.enum(['ES256', 'ES384', 'ES256K', 'EdDSA'])
export type Algorithm = z.infer<typeof Algorithm>
