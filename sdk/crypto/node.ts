/**
 * `#crypto` under Node: node:crypto, synchronous throughout.
 *
 * @module
 */
import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  randomBytes as random,
  sign as signData,
  verify as verifyData,
  type KeyObject,
} from 'node:crypto'
import { createRequire } from 'node:module'
import { toBase64url } from '../lib/base64url.ts'
import { parse } from '../lib/parse.ts'
import { PublicJwk, type Algorithm } from '../model/jwk.ts'
import {
  PrivateJwk,
  type KeyPair,
  type SigningAlgorithm,
  type SigningKey,
  type VerifyKey,
} from './api.ts'
import {
  algorithmOfCurve,
  checkPublicJwk,
  refusedKey,
  requireAlgorithm,
  requireSameHalves,
  signatureBytes,
  type CheckedKey,
} from './curves.ts'
import { derToRaw, rawToDer } from './der.ts'
import { fasterVerify } from './faster.ts'
import { cacheKeys } from './key-cache.ts'
import { portableSigningKey } from './portable.ts'

export type { KeyPair, SigningKey, VerifyKey } from './api.ts'
export { PrivateJwk, SigningAlgorithm } from './api.ts'

/** SHA-256 (FIPS 180-4) of `data`: 32 bytes. */
export function sha256(data: Uint8Array): Uint8Array {
  // By way of a text, since Node takes longer to make a buffer than to hash 64 bytes (bench: verify).
  return Buffer.from(hash('sha256', data, 'binary'), 'latin1')
}

/** HMAC-SHA-256 (RFC 2104) of `data` under `key`: 32 bytes. */
export function hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  // Two bare hashes take a third of the time of an Hmac object (bench: verify).
  const short = key.length > blockLength ? sha256(key) : key
  const inner = hash('sha256', padded(short, 0x36, data), 'binary')
  return sha256(padded(short, 0x5c, Buffer.from(inner, 'latin1')))
}

/** Of SHA-256, in bytes. */
const blockLength = 64
const shortMessage = Buffer.alloc(4 * blockLength)

/** A block of `key` XOR `pad`, and `data`. What it gives may be overwritten by the next call. */
function padded(key: Uint8Array, pad: number, data: Uint8Array): Uint8Array {
  const length = blockLength + data.length
  const bytes = length > shortMessage.length ? Buffer.alloc(length) : shortMessage
  for (let i = 0; i < blockLength; i++) bytes[i] = (i < key.length ? (key[i] ?? 0) : 0) ^ pad
  bytes.set(data, blockLength)
  return bytes.subarray(0, length)
}

/** `length` bytes from the system's secure random generator. */
export function randomBytes(length: number): Uint8Array {
  return random(length)
}

/**
 * Imports a public key, once: the same key comes from a cache afterwards.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` for a private key, an unknown curve, coordinates of the
 *   wrong length or off the curve, or an `alg`, `use` or `key_ops` that forbids verifying.
 */
export const importVerifyKey: (jwk: PublicJwk) => VerifyKey = cacheKeys((jwk) => {
  const checked = checkPublicJwk(jwk)
  const { algorithm } = checked
  const length = signatureBytes[algorithm]
  const verify = verifyByOpenssl(checked)
  const faster = fasterVerify(checked, { sha256, load }) ?? verify
  return {
    algorithm,
    verify: (data, signature) => signature.length === length && faster(data, signature),
  }
})

const load: (name: string) => unknown = createRequire(import.meta.url)

/** Also sees to it that the point lies on its curve. */
function verifyByOpenssl({ algorithm, jwk }: CheckedKey): VerifyKey['verify'] {
  const key = createPublicKeyOf(jwk)
  const digest = digestOf[algorithm]
  return (data, signature) =>
    verifyData(digest, data, key, digest === null ? signature : rawToDer(signature))
}

/**
 * Checks a raw signature.
 *
 * @returns `false`, never an error, for a signature of another key, length, form or algorithm. High
 *   and low `s` are both accepted.
 */
export function verifySignature(
  algorithm: Algorithm,
  key: VerifyKey,
  data: Uint8Array,
  signature: Uint8Array,
): boolean | Promise<boolean> {
  return key.algorithm === algorithm && key.verify(data, signature)
}

/** Makes a new key pair. */
export function generateKey(algorithm: SigningAlgorithm): KeyPair {
  const { privateKey, publicKey } =
    algorithm === 'EdDSA'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: curveOf[algorithm].name })
  return {
    publicJwk: parse(PublicJwk, publicKey.export({ format: 'jwk' }), 'public key'),
    privateJwk: parse(PrivateJwk, privateKey.export({ format: 'jwk' }), 'private key'),
  }
}

/**
 * Imports a private key for signing.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` for anything but a private P-256, P-384, secp256k1 or
 *   Ed25519 key, and if its two halves do not belong together.
 */
export function importSigningKey(privateJwk: PrivateJwk): SigningKey {
  const jwk = parse(PrivateJwk, privateJwk, 'private key')
  const key = createPrivateKeyOf(jwk)
  requireSameHalves(jwk, derivedHalf(jwk, key))
  if (jwk.crv === 'Ed25519')
    return { algorithm: 'EdDSA', sign: (data) => signData(null, data, key) }
  // OpenSSL makes high s as well, which many do not take of secp256k1.
  if (jwk.crv === 'secp256k1') return portableSigningKey(jwk)
  const algorithm = algorithmOfCurve[jwk.crv]
  const { digest, size } = curveOf[algorithm]
  return { algorithm, sign: (data) => derToRaw(signData(digest, data, key), size) }
}

/** OpenSSL's names of the curves, the digests that are signed, and bytes of a coordinate. */
const curveOf = {
  ES256: { name: 'prime256v1', digest: 'sha256', size: 32 },
  ES384: { name: 'secp384r1', digest: 'sha384', size: 48 },
  ES256K: { name: 'secp256k1', digest: 'sha256', size: 32 },
} as const

/**
 * Signs `data`; 64 raw bytes, 96 of ES384.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if the key is one for another algorithm.
 */
export function sign(
  algorithm: SigningAlgorithm,
  key: SigningKey,
  data: Uint8Array,
): Uint8Array | Promise<Uint8Array> {
  requireAlgorithm(key, algorithm)
  return key.sign(data)
}

/** The digest that OpenSSL is told of; Ed25519 brings its own. */
const digestOf = { ES256: 'sha256', ES384: 'sha384', ES256K: 'sha256', EdDSA: null } as const

function createPublicKeyOf({ kty, crv, x, ...rest }: PublicJwk): KeyObject {
  const point =
    'y' in rest && typeof rest.y === 'string' ? { kty, crv, x, y: rest.y } : { kty, crv, x }
  try {
    return createPublicKey({ key: point, format: 'jwk' })
  } catch (error) {
    throw refusedKey('not a point of its curve', error)
  }
}

function createPrivateKeyOf(jwk: PrivateJwk): KeyObject {
  try {
    return createPrivateKey({ key: jwk, format: 'jwk' })
  } catch (error) {
    throw refusedKey('not a private key of its curve', error)
  }
}

/** The public half that a private key gives. OpenSSL believes the x and y that stand beside an EC key. */
function derivedHalf(jwk: PrivateJwk, key: KeyObject): { x?: string; y?: string } {
  if (jwk.crv === 'Ed25519') {
    const { x } = createPublicKey(key).export({ format: 'jwk' })
    return x === undefined ? {} : { x }
  }
  const { name, size } = curveOf[algorithmOfCurve[jwk.crv]]
  const curve = createECDH(name)
  try {
    curve.setPrivateKey(jwk.d, 'base64url')
  } catch (error) {
    throw refusedKey('not a private key of its curve', error)
  }
  const point = curve.getPublicKey()
  return { x: toBase64url(point.subarray(1, 1 + size)), y: toBase64url(point.subarray(1 + size)) }
}
