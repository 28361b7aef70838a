/**
 * From what a caller sends to a credential that can be signed, except for what belongs to one
 * signature: its status entries and the link to its receipt.
 *
 * @module
 */
import {
  Credential,
  livretContext,
  openBadgeContexts,
  parse,
  RegistryError,
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
 * Fills in issuer profile, `id`, `validFrom` and our own context, and holds the result against VCDM
 * 2.0 and, for an Open Badge, Open Badges 3.0.
 *
 * Throws INPUT_INVALID naming member and rule; TOKEN_INVALID with the code SCOPE_UNKNOWN if it cannot
 * be said what the issuer must be accredited for.
 */
export function prepareCredential(
  given: Readonly<Record<string, unknown>>,
  { profile }: Pick<SigningIssuer, 'profile'>,
  defaults: Defaults,
): PreparedCredential {
  const own = serversOwn.filter((member) => member in given)
  if (own.length > 0) throw invalid(own.map((member) => `${member}: the server sets it`))

  const { '@context': contexts, id = defaults.id, type, ...members } = given
  const draft: unknown = {
    '@context': withOwnContext(contexts),
    id,
    type,
    validFrom: defaults.validFrom,
    ...members,
    issuer: profile,
  }
  const credential = parse(Credential, draft, 'credential')
  if (!isDocument(draft)) throw invalid(['id: expected a URL'])
  return { document: draft, scopes: checkContent(draft, credential) }
}

const serversOwn = ['credentialStatus', 'proof', 'receipt']

/** Our own terms come last; what the caller named of them stands there already, or is added. */
function withOwnContext(contexts: unknown): unknown {
  if (contexts === undefined) return openBadgeContexts
  const given: readonly unknown[] = Array.isArray(contexts) ? contexts : [contexts]
  const last = given.at(-1)
  return typeof last === 'object' ? given : [...given, livretContext]
}

/** Holds after the schema: kept as the caller wrote it, one or many, since that is what is signed. */
function isDocument(draft: unknown): draft is CredentialDocument & { id: Url } {
  return typeof draft === 'object' && draft !== null && 'id' in draft && draft.id !== undefined
}

function invalid(problems: readonly string[]): RegistryError {
  return new RegistryError('INPUT_INVALID', { input: 'credential', problems })
}
