/**
 * Keys of every algorithm that Livret verifies, made and used with node:crypto alone.
 *
 * @module
 */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { PublicJwk, type Signer } from '#sdk'

export const algorithms = ['ES256', 'ES256K', 'EdDSA'] as const
export type BenchAlgorithm = (typeof algorithms)[number]

export interface BenchKey {
  publicKey: KeyObject
  publicJwk: PublicJwk
  signer: Signer
}

/** A new key that signs as `kid`. */
export function createKey(algorithm: BenchAlgorithm, kid: string): BenchKey {
  const { publicKey, privateKey } = generate(algorithm)
  return {
    publicKey,
    publicJwk: PublicJwk.parse(publicKey.export({ format: 'jwk' })),
    signer: {
      algorithm,
      kid,
      sign: (data) => {
        const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
        return Promise.resolve(sign(hashOf(algorithm), data, key))
      },
    },
  }
}

/** What node:crypto hashes the data with before it signs; Ed25519 hashes by itself. */
export function hashOf(algorithm: BenchAlgorithm): 'sha256' | null {
  return algorithm === 'EdDSA' ? null : 'sha256'
}

function generate(algorithm: BenchAlgorithm): { publicKey: KeyObject; privateKey: KeyObject } {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519')
  const namedCurve = algorithm === 'ES256' ? 'P-256' : 'secp256k1'
  return generateKeyPairSync('ec', { namedCurve })
}
