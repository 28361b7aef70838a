/**
 * What keys and signatures of each algorithm look like.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import { fromBase64url } from '../lib/base64url.ts'
import { toHex } from '../lib/bytes.ts'
import { parse } from '../lib/parse.ts'
import type { SigningAlgorithm, SigningKey } from './api.ts'
import { PublicJwk, type Algorithm } from '../model/jwk.ts'

/** Bytes of one coordinate; a signature is two of them long. */
const coordinateBytes = { 'P-256': 32, 'P-384': 48, secp256k1: 32, Ed25519: 32 } as const

/** The one algorithm that a key of each curve may be used with. */
export const algorithmOfCurve = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  secp256k1: 'ES256K',
  Ed25519: 'EdDSA',
} as const satisfies Record<PublicJwk['crv'], Algorithm>

/** Bytes of a raw signature: two coordinates, or `R || S` of Ed25519. */
export const signatureBytes = {
  ES256: 64,
  ES384: 96,
  ES256K: 64,
  EdDSA: 64,
} as const satisfies Record<Algorithm, number>

/** A public key that passed {@link checkPublicJwk}, with its coordinates as bytes. */
export interface CheckedKey {
  jwk: PublicJwk
  algorithm: Algorithm
  x: Uint8Array
  /** None for Ed25519. */
  y: Uint8Array | undefined
}

/** The one algorithm that a key may be used with. */
function algorithmOf(jwk: PublicJwk): Algorithm {
  return algorithmOfCurve[jwk.crv]
}

/**
 * Makes sure that `jwk` can be a signing key: public, coordinates of the full length, `alg`, `use` and
 * `key_ops` that allow it, and no Ed25519 point of small order (under one of those, everything has a
 * valid signature). Whether a point lies on its curve is seen at import.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` naming what is wrong.
 */
export function checkPublicJwk(jwk: unknown): CheckedKey {
  const key = parse(PublicJwk, jwk, 'public key')
  const algorithm = algorithmOf(key)
  const length = coordinateBytes[key.crv]
  const x = fromBase64url(key.x)
  const y = key.kty === 'EC' ? fromBase64url(key.y) : undefined
  if (x?.length !== length || (key.kty === 'EC' && y?.length !== length)) {
    throw refusedKey(`expected coordinates of ${String(length)} bytes`)
  }
  const { alg, use, key_ops: operations } = key
  // RFC 9864 gives Ed25519 its own name beside EdDSA.
  if (alg !== undefined && alg !== algorithm && !(alg === 'Ed25519' && algorithm === 'EdDSA')) {
    throw refusedKey('its alg is that of another curve')
  }
  if (use !== undefined && use !== 'sig') throw refusedKey('its use is not sig')
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
    throw refusedKey('its key_ops do not allow to verify')
  }
  if (key.crv === 'Ed25519' && isSmallOrder(x)) throw refusedKey('a point of small order')
  return { jwk: key, algorithm, x, y }
}

/** Throws `INPUT_INVALID` unless the public half in `jwk` is the one that its private half gives. */
export function requireSameHalves(
  { x, y }: Readonly<{ x: string; y?: unknown }>,
  derived: Readonly<{ x?: string | undefined; y?: string | undefined }>,
): void {
  if (x !== derived.x || y !== derived.y) throw refusedKey('its halves do not belong together')
}

/** The error for a key that cannot be used. */
export function refusedKey(problem: string, cause?: unknown): RegistryError<'INPUT_INVALID'> {
  return new RegistryError('INPUT_INVALID', { input: 'key', problems: [problem] }, { cause })
}

/** Throws `INPUT_INVALID` unless `key` signs with `algorithm`. */
export function requireAlgorithm(key: SigningKey, algorithm: SigningAlgorithm): void {
  if (key.algorithm === algorithm) return
  const problems = [`a key for ${key.algorithm} cannot sign ${algorithm}`]
  throw new RegistryError('INPUT_INVALID', { input: 'signing key', problems })
}

/**
 * The y-coordinates of the eight Ed25519 points of small order and their encodings beyond the field's
 * prime, as 32 little-endian bytes with the sign bit off (libsodium refuses the same seven).
 */
const smallOrder = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

function isSmallOrder(point: Uint8Array): boolean {
  const unsigned = point.map((byte, i) => (i === 31 ? byte & 0x7f : byte))
  return smallOrder.has(toHex(unsigned))
}
