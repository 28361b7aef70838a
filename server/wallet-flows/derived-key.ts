import { hkdfSync } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import type { Context } from '../context.ts'

/** Both halves of a P-256 key. */
export interface DerivedKey {
  publicJwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string }
  privateJwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string; d: string }
}

/**
 * A P-256 key of the server's own for one purpose. It follows from `LIVRET_KEY`, so that all processes
 * have it without storing it, and changes with that.
 */
export function derivedKey({ config }: Pick<Context, 'config'>, purpose: string): DerivedKey {
  const seed = hkdfSync('sha256', config.key, '', `livret:${purpose}:v1`, 48)
  const secret = p256.utils.randomSecretKey(new Uint8Array(seed))
  const point = p256.getPublicKey(secret, false)
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  const coordinates = { x: text(point.subarray(1, 33)), y: text(point.subarray(33)) }
  const publicJwk = { kty: 'EC', crv: 'P-256', ...coordinates } as const
  return { publicJwk, privateJwk: { ...publicJwk, d: text(secret) } }
}
