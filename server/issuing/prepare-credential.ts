/**
 * From what a caller sends to a credential that can be signed, except for what belongs to one
 * signature: its status entries and the link to its receipt.
 *
 * @module
 */
import {
  Credential,
  judgeTerms,
  livretContext,
  openBadgeContexts,
  parse,
  RegistryError,
  unknownContexts,
  type CredentialDocument,
  type DateTimeStamp,
  type Scope,
  type Url,
} from '#sdk'
import { checkContent } from './check-content.ts'
import type { SigningIssuer } from './signing-issuer.ts'

/** What the server adds where the caller leaves it out. */
export interface Defaults {
  id: Url
  validFrom: DateTimeStamp
}

export interface PreparedCredential {
  document: CredentialDocument & { id: Url }
  /** What the issuer must be accredited for. */
  scopes: readonly Scope[]
}

/**
 * Fills in issuer, `id`, `validFrom` and our own context, and holds the result against VCDM 2.0, its
 * contexts and, for an Open Badge, Open Badges 3.0.
 *
 * Throws INPUT_INVALID naming member and rule; TOKEN_INVALID with the code SCOPE_UNKNOWN if it cannot
 * be said what the issuer must be accredited for.
 */
export async function prepareCredential(
  given: Readonly<Record<string, unknown>>,
  issuer: Pick<SigningIssuer, 'profile' | 'did'>,
  defaults: Defaults,
): Promise<PreparedCredential> {
  const own = serversOwn.filter((member) => member in given)
  if (own.length > 0) throw invalid(own.map((member) => `${member}: the server sets it`))

  const { '@context': contexts, id = defaults.id, type, ...members } = given
  const draft: Readonly<Record<string, unknown>> = {
    '@context': withOwnContext(contexts),
    id,
    type,
    validFrom: defaults.validFrom,
    ...members,
    issuer: issuerOf(given, issuer),
  }
  const credential = parse(Credential, draft, 'credential')
  if (!isDocument(draft)) throw invalid(['id: expected a URL'])
  refuseOwnStatus(credential)
  await requireMeaning(draft)
  return { document: draft, scopes: checkContent(draft, credential) }
}

const serversOwn = ['proof', 'receipt']

/**
 * An Open Badge names its issuer by the profile that the server keeps; another credential as the caller
 * does, since its contexts may not know the terms of a profile.
 */
function issuerOf(
  { type, issuer }: Readonly<Record<string, unknown>>,
  { profile, did }: Pick<SigningIssuer, 'profile' | 'did'>,
): unknown {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type]
  if (types.some((each) => each === 'OpenBadgeCredential' || each === 'AchievementCredential')) {
    return profile
  }
  return typeof issuer === 'object' ? { ...issuer, id: did } : did
}

/** The caller may name further places of status, but not make the server's own twice. */
function refuseOwnStatus({ credentialStatus = [] }: Credential): void {
  const own = credentialStatus
    .flatMap(({ type }) => type)
    .find((type) => type === 'BitstringStatusListEntry' || type === 'OnChainStatusEntry')
  if (own !== undefined) throw invalid([`credentialStatus: the server sets the ${own}`])
}

async function requireMeaning(draft: Readonly<Record<string, unknown>>): Promise<void> {
  const terms = await judgeTerms(draft)
  if (terms.kind === 'undefined') throw invalid([`@context: ${terms.problem}`])
  if (terms.kind === 'unknown') {
    throw invalid(
      terms.contexts.map((context) => `@context: the meaning of ${context} is not known here`),
    )
  }
}

/** Our own terms come last; what the caller named of them stands there already, or is added. */
function withOwnContext(contexts: unknown): unknown {
  if (contexts === undefined) return openBadgeContexts
  const given: readonly unknown[] = Array.isArray(contexts) ? contexts : [contexts]
  const isThere = given.some((each) => typeof each === 'object' && !isForeign(each))
  return isThere ? given : [...given, livretContext]
}

function isForeign(context: unknown): boolean {
  return unknownContexts([context]).length > 0
}

/** Holds after the schema: kept as the caller wrote it, one or many, since that is what is signed. */
function isDocument(draft: unknown): draft is CredentialDocument & { id: Url } {
  return typeof draft === 'object' && draft !== null && 'id' in draft && draft.id !== undefined
}

function invalid(problems: readonly string[]): RegistryError {
  return new RegistryError('INPUT_INVALID', { input: 'credential', problems })
}
