import type { ClaimPath } from '../formats/sd-jwt/claim-path.ts'
import type { ClaimSource } from './claims-of.ts'
import type { DcqlQuery } from './dcql-query.ts'
import { matchCredential } from './match-credential.ts'

/** One credential that answers a credential query, and what of it must be disclosed. */
export interface Selected<C> {
  /** Id of the credential query. */
  query: string
  credential: C
  claims: readonly ClaimPath[]
}

/**
 * Chooses the least that answers a query: for each required credential set the verifier's first option
 * that can be met, optional sets left out, one credential each (OpenID4VP 1.0 section 6.4.2).
 *
 * @param held - The wallet's credentials; the first that matches is taken.
 * @returns `undefined` if the query cannot be answered: then nothing may be shown.
 */
export function selectCredentials<C extends ClaimSource>(
  { credentials, credential_sets: sets }: DcqlQuery,
  held: readonly C[],
): readonly Selected<C>[] | undefined {
  const found = new Map<string, Selected<C>>()
  for (const query of credentials) {
    for (const credential of held) {
      const claims = matchCredential(query, credential)
      if (claims === undefined || found.has(query.id)) continue
      found.set(query.id, { query: query.id, credential, claims })
    }
  }
  const wanted = sets
    ?.filter(({ required }) => required !== false)
    .map(({ options }) => options) ?? [[credentials.map(({ id }) => id)]]
  const ids = new Set<string>()
  for (const options of wanted) {
    const met = options.find((option) => option.every((id) => found.has(id)))
    if (met === undefined) return undefined
    for (const id of met) ids.add(id)
  }
  return [...ids].flatMap((id) => found.get(id) ?? [])
}
