import { hkdfSync } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { parse, PrivateJwk } from '#sdk'
import type { Context } from '../context.ts'

/**
 * A P-256 key of the server's own for one purpose. It follows from `LIVRET_KEY`, so that all processes
 * have it without storing it, and changes with that.
 */
export function derivedKey({ config }: Pick<Context, 'config'>, purpose: string): PrivateJwk {
  const seed = hkdfSync('sha256', config.key, '', `livret:${purpose}:v1`, 48)
  const secret = p256.utils.randomSecretKey(new Uint8Array(seed))
  const point = p256.getPublicKey(secret, false)
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  return parse(
    PrivateJwk,
    {
      kty: 'EC',
      crv: 'P-256',
      x: text(point.subarray(1, 33)),
      y: text(point.subarray(33)),
      d: text(secret),
    },
    'key',
  )
}
