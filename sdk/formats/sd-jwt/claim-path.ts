/**
 * Claim paths: which claim of a credential is meant (OpenID4VP 1.0 section 7, SD-JWT VC section 4.6.1).
 *
 * @module
 */

/** From the top: names of members, positions in lists from 0 on, `null` for every item of a list. */
export type ClaimPath = readonly (string | number | null)[]

/** Where a claim stands: a path without `null`. */
export type ClaimPlace = readonly (string | number)[]

/** Tells whether `place` is what `path` means, stands above it, or within it. */
export function isOnPath(place: ClaimPlace, path: ClaimPath): boolean {
  const length = Math.min(place.length, path.length)
  for (let i = 0; i < length; i++) {
    const step = path[i]
    const fits = step === null ? typeof place[i] === 'number' : step === place[i]
    if (!fits) return false
  }
  return true
}

/** Tells whether `path` means something in `claims`. */
export function leadsSomewhere(claims: unknown, path: ClaimPath): boolean {
  const [step, ...rest] = path
  if (step === undefined) return true
  if (Array.isArray(claims)) {
    const items: readonly unknown[] = claims
    if (step === null) return items.some((item) => leadsSomewhere(item, rest))
    return typeof step === 'number' && step in items && leadsSomewhere(items[step], rest)
  }
  if (typeof claims !== 'object' || claims === null || typeof step !== 'string') return false
  return Object.hasOwn(claims, step) && leadsSomewhere(Reflect.get(claims, step), rest)
}
