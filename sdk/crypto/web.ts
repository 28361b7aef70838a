/**
 * `#crypto` in browsers and workers: hashes by noble, since they must be synchronous; signatures by
 * WebCrypto where it knows the algorithm, else by noble.
 *
 * @module
 */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { parse } from '../lib/parse.ts'
import type { Algorithm, PublicJwk } from '../model/jwk.ts'
import {
  PrivateJwk,
  type KeyPair,
  type SigningAlgorithm,
  type SigningKey,
  type VerifyKey,
} from './api.ts'
import { checkPublicJwk, requireAlgorithm, signatureBytes } from './curves.ts'
import { cacheKeys } from './key-cache.ts'
import { generatePortably, portableSigningKey, portableVerify } from './portable.ts'

export type { KeyPair, SigningKey, VerifyKey } from './api.ts'
export { PrivateJwk, SigningAlgorithm } from './api.ts'

/** SHA-256 (FIPS 180-4) of `data`: 32 bytes. */
export function sha256(data: Uint8Array): Uint8Array {
  return nobleSha256(data)
}

/** HMAC-SHA-256 (RFC 2104) of `data` under `key`: 32 bytes. */
export function hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  return hmac(nobleSha256, key, data)
}

/** `length` bytes from the platform's secure random generator. */
export function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  // The generator gives at most 65,536 bytes a call.
  for (let start = 0; start < length; start += 65_536) {
    crypto.getRandomValues(bytes.subarray(start, start + 65_536))
  }
  return bytes
}

/**
 * Imports a public key, once: the same key comes from a cache afterwards.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` for a private key, an unknown curve, coordinates of the
 *   wrong length or off the curve, or an `alg`, `use` or `key_ops` that forbids verifying.
 */
export const importVerifyKey: (jwk: PublicJwk) => VerifyKey = cacheKeys((jwk) => {
  const key = checkPublicJwk(jwk)
  const { algorithm } = key
  const portable = portableVerify(key)
  const native = importNatively(algorithm, key.jwk)
  return {
    algorithm,
    verify: async (data, signature) => {
      if (signature.length !== signatureBytes[algorithm]) return false
      const handle = await native
      if (handle === undefined) return portable(data, signature)
      const bytes = Uint8Array.from(signature)
      return crypto.subtle.verify(nativeNames[algorithm], handle, bytes, Uint8Array.from(data))
    },
  }
})

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
  return generatePortably(algorithm)
}

/**
 * Imports a private key for signing.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` for anything but a private P-256, P-384, secp256k1 or
 *   Ed25519 key, and if its two halves do not belong together.
 */
export function importSigningKey(privateJwk: PrivateJwk): SigningKey {
  return portableSigningKey(parse(PrivateJwk, privateJwk, 'private key'))
}

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

/** WebCrypto's names. secp256k1 has none. */
const nativeNames = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  ES256K: { name: 'none' },
  EdDSA: { name: 'Ed25519' },
} as const satisfies Record<Algorithm, object>

/** The platform's handle of a key; `undefined` where it has no WebCrypto, or not this algorithm. */
async function importNatively(
  algorithm: Algorithm,
  jwk: PublicJwk,
): Promise<CryptoKey | undefined> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle
  if (algorithm === 'ES256K') return undefined
  const { kty, crv, x } = jwk
  const point = jwk.kty === 'EC' ? { kty, crv, x, y: jwk.y } : { kty, crv, x }
  try {
    return await subtle.importKey('jwk', point, nativeNames[algorithm], false, ['verify'])
  } catch {
    return undefined
  }
}
