import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import * as z from 'zod/mini'

const Jwk = z.looseObject({
  kty: z.enum(['EC', 'OKP']),
  crv: z.enum(['P-256', 'P-384', 'P-521', 'secp256k1', 'Ed25519']),
  x: z.string(),
  y: z.optional(z.string()),
  d: z.optional(z.string()),
  kid: z.optional(z.string()),
})

/** A verification method of Controlled Identifiers 1.0, with its secret half if it may sign. */
export const VerificationMethod = z.looseObject({
  id: z.string(),
  controller: z.optional(z.string()),
  publicKeyJwk: z.optional(Jwk),
  secretKeyJwk: z.optional(Jwk),
})
export type VerificationMethod = z.infer<typeof VerificationMethod>

/** `alg` and digest of each curve. Livret itself never uses P-521; the suite does. */
const algorithms = {
  'P-256': ['ES256', 'sha256'],
  'P-384': ['ES384', 'sha384'],
  'P-521': ['ES512', 'sha512'],
  secp256k1: ['ES256K', 'sha256'],
  Ed25519: ['EdDSA', null],
} as const

/** The signer of a method; `undefined` if it has no secret key. Throws for a key that is none. */
export function signerOf({ id, secretKeyJwk: jwk }: VerificationMethod) {
  if (jwk === undefined) return undefined
  const [algorithm, digest] = algorithms[jwk.crv]
  const key = createPrivateKey({ key: { ...openParts(jwk), d: jwk.d ?? '' }, format: 'jwk' })
  return {
    algorithm,
    kid: id,
    sign: (data: Uint8Array): Promise<Uint8Array> =>
      Promise.resolve(sign(digest, data, { key, dsaEncoding: 'ieee-p1363' })),
  }
}

/** Whether a method signed `data` with `algorithm`; `undefined` if it has no public key. */
export function isSignedBy(
  { publicKeyJwk: jwk }: VerificationMethod,
  algorithm: unknown,
  data: Uint8Array,
  signature: Uint8Array,
): boolean | undefined {
  if (jwk === undefined) return undefined
  const [own, digest] = algorithms[jwk.crv]
  if (algorithm !== own) return false
  const key = createPublicKey({ key: openParts(jwk), format: 'jwk' })
  return verify(digest, data, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/** Without members such as `alg`, about which OpenSSL has its own opinion. */
function openParts({ kty, crv, x, y }: z.infer<typeof Jwk>) {
  return { kty, crv, x, ...(y !== undefined && { y }) }
}
