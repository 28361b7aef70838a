import type { PublicJwk } from '../model/jwk.ts'
import type { VerifyKey } from './api.ts'

const capacity = 1024

/**
 * Remembers imported keys by their coordinates, so that a key is imported once and not once a
 * credential. Public keys only; the oldest goes when 1,024 are held.
 *
 * @param importKey - Imports a key that was not seen yet.
 */
export function cacheKeys(importKey: (jwk: PublicJwk) => VerifyKey): (jwk: PublicJwk) => VerifyKey {
  const keys = new Map<string, VerifyKey>()
  return (jwk) => {
    // Members that may forbid a use are part of the name: a refused key must not be found as another.
    const { kty, crv, x, y, alg, use, key_ops: operations, d } = jwk
    const name = JSON.stringify([kty, crv, x, y, alg, use, operations, d])
    const known = keys.get(name)
    if (known !== undefined) return known
    const key = importKey(jwk)
    const [oldest] = keys.keys()
    if (keys.size >= capacity && oldest !== undefined) keys.delete(oldest)
    keys.set(name, key)
    return key
  }
}
