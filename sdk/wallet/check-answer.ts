import type { ClaimSource } from './claims-of.ts'
import type { DcqlQuery } from './dcql-query.ts'
import { matchCredential } from './match-credential.ts'

/** What was presented for each credential query, by its id. */
export type Answer = Readonly<Record<string, readonly ClaimSource[]>>

/**
 * Whether a set of credentials is what a query asks for (OpenID4VP 1.0 sections 6.4.2 and 8.6).
 *
 * @returns What is wrong, in English; `undefined` if nothing is.
 */
export function checkAnswer(query: DcqlQuery, answer: Answer): string | undefined {
  for (const [id, sources] of Object.entries(answer)) {
    const asked = query.credentials.find((credential) => credential.id === id)
    if (asked === undefined) return `${id}: nobody asked for it`
    if (sources.length === 0 || (sources.length > 1 && asked.multiple !== true)) {
      return `${id}: expected one credential`
    }
    if (!sources.every((source) => matchCredential(asked, source) !== undefined)) {
      return `${id}: the credential is not what was asked for`
    }
  }
  return isEnough(query, new Set(Object.keys(answer)))
    ? undefined
    : 'not all that is needed is there'
}

/** Whether the credentials of these ids are all that a query needs. */
function isEnough(
  { credentials, credential_sets: sets }: DcqlQuery,
  ids: ReadonlySet<string>,
): boolean {
  if (sets === undefined) return credentials.every(({ id }) => ids.has(id))
  return sets.every(
    ({ options, required }) =>
      required === false || options.some((option) => option.every((id) => ids.has(id))),
  )
}
