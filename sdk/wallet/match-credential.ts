/**
 * Whether a credential is what a query asks for, and what of it (OpenID4VP 1.0 sections 6.4.1 and 7).
 *
 * @module
 */
import type { ClaimPath } from '../formats/sd-jwt/claim-path.ts'
import { isJsonObject } from '../lib/json.ts'
import { vocabulary } from '../model/contexts.ts'
import type { ClaimSource } from './claims-of.ts'
import type { ClaimsQuery, CredentialQuery } from './dcql-query.ts'

/**
 * The claims that answer a query, by the first of its claim sets that the credential can satisfy.
 *
 * @returns Paths to disclose, none if the query names no claims; `undefined` if the credential is not
 *   what is asked for. One who trusts certain authorities only is never satisfied: credentials here
 *   name none of the kinds that the standard knows.
 *
 * @example
 * ```ts
 * matchCredential(query, claimsOf('dc+sd-jwt', text)) // [['credentialSubject', 'achievement', 'name']]
 * ```
 */
export function matchCredential(
  query: CredentialQuery,
  { format, claims }: ClaimSource,
): readonly ClaimPath[] | undefined {
  const { claims: asked = [], claim_sets: sets } = query
  if (query.format !== format || query.trusted_authorities !== undefined) return undefined
  if (!isOfType(query, claims)) return undefined
  const options = sets?.map((ids) =>
    ids.flatMap((id) => asked.find((claim) => claim.id === id) ?? []),
  )
  const chosen = (options ?? [asked]).find((claimsOfSet) =>
    claimsOfSet.every((claim) => holds(claims, claim)),
  )
  return chosen?.map(({ path }) => path)
}

/** Tells whether a claim is there and is one of the values asked for, if any. */
function holds(claims: unknown, { path, values }: ClaimsQuery): boolean {
  const found = valuesAt(claims, path)
  if (values === undefined) return found.length > 0
  return found.some((value) => values.some((each) => each === value))
}

/** What a claims path pointer selects; nothing if it leads nowhere. */
export function valuesAt(claims: unknown, path: ClaimPath): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (selected, step) => selected.flatMap((value) => stepInto(value, step)),
    [claims],
  )
}

function stepInto(value: unknown, step: ClaimPath[number]): readonly unknown[] {
  if (typeof step === 'string') {
    return isJsonObject(value) && Object.hasOwn(value, step) ? [value[step]] : []
  }
  if (!Array.isArray(value)) return []
  const items: readonly unknown[] = value
  if (step === null) return items
  return step in items ? [items[step]] : []
}

function isOfType({ meta }: CredentialQuery, claims: ClaimSource['claims']): boolean {
  const { type_values: alternatives, vct_values: vcts } = meta
  const types = new Set([claims['type'] ?? []].flat().flatMap(namesOf))
  const vct = claims['vct']
  return (
    (alternatives?.some((all) => all.every((type) => types.has(type))) ?? true) &&
    (vcts === undefined || (typeof vct === 'string' && vcts.includes(vct)))
  )
}

/** A type by its name and by its address, to which the context expands it. */
function namesOf(type: unknown): readonly string[] {
  if (typeof type !== 'string') return []
  const address = addresses.get(type)
  return address === undefined ? [type] : [type, address]
}

const openBadges = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'
const addresses: ReadonlyMap<string, string> = new Map([
  ['VerifiableCredential', 'https://www.w3.org/2018/credentials#VerifiableCredential'],
  ['OpenBadgeCredential', `${openBadges}OpenBadgeCredential`],
  ['AchievementCredential', `${openBadges}OpenBadgeCredential`],
  ...['TrainingCertificateCredential', 'SkillProfileCredential', 'ReferenceCredential'].map(
    (name): [string, string] => [name, `${vocabulary}${name}`],
  ),
])
