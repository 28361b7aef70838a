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
    const name = nameOf(jwk)
    const known = keys.get(name)
    if (known !== undefined) return known
    const key = importKey(jwk)
    const [oldest] = keys.keys()
    if (keys.size >= capacity && oldest !== undefined) keys.delete(oldest)
    keys.set(name, key)
    return key
  }
}

/** Members that may forbid a use are part of the name: a refused key must not be found as another. */
function nameOf(jwk: PublicJwk): string {
  const { kty, crv, x, y, alg, use, key_ops: operations, d } = jwk
  const isBare = alg === undefined && use === undefined && operations === undefined
  // Only what has no blank in it is imported, so that these names are not ambiguous (bench: verify).
  if (isBare && d === undefined && typeof y === 'string') return `${kty} ${crv} ${x} ${y}`
  if (isBare && d === undefined && y === undefined) return `${kty} ${crv} ${x}`
  return JSON.stringify([kty, crv, x, y, alg, use, operations, d])
}
