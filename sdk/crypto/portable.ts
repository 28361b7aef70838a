/**
 * Signatures by noble alone: what a platform lacks (ES256K everywhere, Ed25519 in older browsers, all
 * of it outside secure contexts), and what generates keys in the browser.
 *
 * @module
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { fromBase64url, toBase64url } from '../lib/base64url.ts'
import { concatBytes } from '../lib/bytes.ts'
import type { KeyPair, PrivateJwk, SigningAlgorithm, SigningKey } from './api.ts'
import {
  algorithmOfCurve,
  refusedKey,
  requireSameHalves,
  signatureBytes,
  type CheckedKey,
} from './curves.ts'

const curves = { ES256: p256, ES384: p384, ES256K: secp256k1 } as const

/** Checks a raw signature; `false`, never an error, for one that is not this key's. */
export type PortableVerify = (data: Uint8Array, signature: Uint8Array) => boolean

/**
 * The verifying half of a key.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if the point is not on its curve.
 */
export function portableVerify({ algorithm, x, y }: CheckedKey): PortableVerify {
  const length = signatureBytes[algorithm]
  if (algorithm === 'EdDSA') {
    requirePoint(() => ed25519.Point.fromBytes(x))
    return (data, signature) =>
      signature.length === length && ed25519.verify(signature, data, x, { zip215: false })
  }
  const curve = curves[algorithm]
  const point = concatBytes(Uint8Array.of(4), x, y ?? new Uint8Array())
  requirePoint(() => {
    curve.Point.fromBytes(point).assertValidity()
  })
  return (data, signature) =>
    signature.length === length && curve.verify(signature, data, point, { lowS: false })
}

/** Makes a new key pair. */
export function generatePortably(algorithm: SigningAlgorithm): KeyPair {
  if (algorithm === 'EdDSA') {
    const secret = ed25519.utils.randomSecretKey()
    const publicJwk = okpJwk(secret)
    return { publicJwk, privateJwk: { ...publicJwk, d: toBase64url(secret) } }
  }
  const secret = curves[algorithm].utils.randomSecretKey()
  const publicJwk = ecJwk(algorithm, secret)
  return { publicJwk, privateJwk: { ...publicJwk, d: toBase64url(secret) } }
}

/**
 * The signing half of a key. ECDSA nonces are deterministic (RFC 6979); `s` is low for ES256K, where many
 * take no other.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if its halves do not belong together.
 */
export function portableSigningKey(jwk: PrivateJwk): SigningKey {
  const secret = fromBase64url(jwk.d)
  if (secret === undefined) throw refusedKey('expected a private key in base64url')
  if (jwk.crv === 'Ed25519') {
    requireSameHalves(jwk, okpJwk(secret))
    return { algorithm: 'EdDSA', sign: (data) => ed25519.sign(data, secret) }
  }
  const algorithm = algorithmOfCurve[jwk.crv]
  const curve = curves[algorithm]
  if (!curve.utils.isValidSecretKey(secret)) throw refusedKey('not a private key of its curve')
  requireSameHalves(jwk, ecJwk(algorithm, secret))
  return { algorithm, sign: (data) => curve.sign(data, secret, { lowS: algorithm === 'ES256K' }) }
}

function okpJwk(secret: Uint8Array) {
  return { kty: 'OKP', crv: 'Ed25519', x: toBase64url(ed25519.getPublicKey(secret)) } as const
}

const curveOf = { ES256: 'P-256', ES384: 'P-384', ES256K: 'secp256k1' } as const

function ecJwk<A extends keyof typeof curves>(algorithm: A, secret: Uint8Array) {
  const point = curves[algorithm].getPublicKey(secret, false)
  const size = (point.length - 1) / 2
  const x = toBase64url(point.subarray(1, 1 + size))
  const y = toBase64url(point.subarray(1 + size))
  return { kty: 'EC', crv: curveOf[algorithm], x, y } as const
}

function requirePoint(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    throw refusedKey('not a point of its curve', error)
  }
}
