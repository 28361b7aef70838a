/**
 * JWK thumbprints (RFC 7638) with SHA-256: the name under which a key stands on chain.
 *
 * @module
 */
import { sha256 } from '#crypto'
import { toBase64url } from '../lib/base64url.ts'
import { toHash, utf8 } from '../lib/bytes.ts'
import type { PublicJwk } from '../model/jwk.ts'
import type { Hash } from '../model/primitives.ts'

/**
 * The thumbprint as the chain holds it.
 *
 * @example
 * ```ts
 * jwkThumbprint(publicJwk) // '0x9c2f…'
 * ```
 */
export function jwkThumbprint(jwk: PublicJwk): Hash {
  return toHash(thumbprintBytes(jwk))
}

/** The thumbprint as JOSE writes it, for `kid` and `jkt`: 43 characters of base64url. */
export function jwkThumbprintBase64url(jwk: PublicJwk): string {
  return toBase64url(thumbprintBytes(jwk))
}

/** The required members only, in lexicographic order (RFC 7638 section 3.2, RFC 8037 section 2). */
function thumbprintBytes(jwk: PublicJwk): Uint8Array {
  const { crv, kty, x } = jwk
  return sha256(
    utf8(JSON.stringify(jwk.kty === 'EC' ? { crv, kty, x, y: jwk.y } : { crv, kty, x })),
  )
}
