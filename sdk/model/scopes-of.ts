/**
 * What an issuer must be accredited for to issue a credential.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import { unknownContexts } from './contexts.ts'
import { Scope } from './scope.ts'

/** Most scopes of one credential: each is judged by itself. */
const maxScopes = 64
/** Most characters outside ASCII that are made comparable; the time it takes grows with their square. */
const maxOddLength = 256

/** Types that say nothing about what is attested. */
const plainTypes = new Set(['VerifiableCredential', 'OpenBadgeCredential', 'AchievementCredential'])

/**
 * The scopes that the issuer's accreditation must cover, all of them.
 *
 * Each type beyond the plain ones gives a label, without a trailing `Credential`; a plain Open Badge
 * gives `OpenBadge`; a credential with no type but `VerifiableCredential` gives the empty scope, which
 * only somebody accredited for everything holds. Each RNCP or RS certification that an alignment names
 * anywhere (by code, number or address; a block counts as its certification) goes below every label.
 * Where a type is an address, or a context may give a member another name than the one looked for,
 * nobody can tell what is attested: that is the empty scope, too.
 *
 * @param credential - Decoded, or before signing.
 * @returns At least one, none twice.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `SCOPE_UNKNOWN` for a type that is no
 *   label, an alignment to RNCP or RS whose number cannot be read, one in more than 256 characters some
 *   of which are not of ASCII, or more than 64 scopes.
 *
 * @example
 * ```ts
 * scopesOf(credential) // ['TrainingCertificate/RNCP34079', 'TrainingCertificate/RS5000']
 * ```
 */
export function scopesOf(credential: {
  readonly type: string | readonly string[]
  readonly '@context'?: unknown
}): readonly Scope[] {
  const types = [credential.type].flat()
  if (types.some(isAddress) || mayRename(credential['@context'])) return [Scope.parse('')]
  const labels = labelsOfTypes(types)
  const codes = [...certificationsIn(credential, new Set())]
  if (labels.length * Math.max(codes.length, 1) > maxScopes) {
    throw unknownScope(`more than ${maxScopes} scopes`)
  }
  const paths =
    codes.length === 0
      ? labels
      : labels.flatMap((label) => codes.map((code) => (label === '' ? code : `${label}/${code}`)))
  return [...new Set(paths)].map((path) => {
    const scope = Scope.safeParse(path)
    if (scope.success) return scope.data
    throw unknownScope(`${path.slice(0, 80)}: ${scope.error.issues[0]?.message ?? ''}`)
  })
}

function isAddress(type: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(type)
}

/** Inline contexts give any name to any term, except for ours. Those at addresses are looked at elsewhere. */
function mayRename(contexts: unknown): boolean {
  const inline = [contexts].flat().filter((each) => typeof each === 'object' && each !== null)
  return unknownContexts(inline).length > 0
}

function labelsOfTypes(types: readonly string[]): readonly string[] {
  const own = types.filter((type) => !plainTypes.has(type))
  const odd = own.find((type) => type === '' || type.includes('/'))
  if (odd !== undefined) throw unknownScope(`the type "${odd.slice(0, 80)}" is no label`)
  if (own.length > 0) return own.map((type) => type.replace(/(?<=.)Credential$/, ''))
  return [types.some((type) => type !== 'VerifiableCredential') ? 'OpenBadge' : '']
}

/**
 * Adds to `found` every certification that an object on any level is aligned to. `@context` holds no
 * claims. Loops, not maps: every credential that is verified goes through it (bench: verify).
 */
function certificationsIn(value: object, found: Set<string>): Set<string> {
  if ('targetCode' in value || 'targetUrl' in value || 'targetFramework' in value) {
    for (const code of certificationsOf(new Map(Object.entries(value)))) found.add(code)
  }
  for (const [name, inner] of entriesOf(value)) {
    if (typeof inner === 'object' && inner !== null && name !== '@context') {
      certificationsIn(inner, found)
    }
  }
  return found
}

const entriesOf: (value: object) => readonly (readonly [string, unknown])[] = Object.entries

/** `RNCP34079`, `RNCP 34079`, `RNCP34079BC01`, `rs5000`. */
const register = /^(RNCP|RS)[\s.°-]*0*([1-9]\d{0,5})(?:\s*BC\s*\d{1,2})?$/i
/** The page of a certification, old and new. */
const page =
  /^https?:\/\/(?:www\.)?francecompetences\.fr\/(?:[^?#]*\/)?(rncp|rs)\/0*([1-9]\d{0,5})(?!\d)/i

/** The certifications that an object's code and address name. */
function certificationsOf(members: ReadonlyMap<string, unknown>): readonly string[] {
  const [code, url, framework] = ['targetCode', 'targetUrl', 'targetFramework'].map((name) => {
    const value = members.get(name)
    return typeof value === 'string' ? comparable(value).trim() : ''
  })
  const found = [register.exec(code ?? ''), page.exec(url ?? '')].flatMap((match) =>
    match === null ? [] : [`${match[1]?.toUpperCase() ?? ''}${match[2] ?? ''}`],
  )
  const named = registerNamed(framework ?? '')
  const number = /^0*([1-9]\d{0,5})$/.exec(code ?? '')?.[1]
  if (named !== undefined && number !== undefined) found.push(`${named}${number}`)
  const isOfRegister = named !== undefined || /^(?:RNCP|RS)\s*\d/i.test(code ?? '')
  if (isOfRegister && found.length === 0) {
    throw unknownScope(`an alignment to ${named ?? 'RNCP or RS'} without a number`)
  }
  return found
}

/** A text with its compatible characters made one: `ＲＮＣＰ` is RNCP. */
function comparable(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text
  if (text.length <= maxOddLength) return text.normalize('NFKC')
  throw unknownScope(`an alignment in more than ${maxOddLength} characters`)
}

function registerNamed(framework: string): 'RNCP' | 'RS' | undefined {
  if (/\bRNCP\b|répertoire national des certifications/i.test(framework)) return 'RNCP'
  return /^RS\b|\(RS\)|répertoire spécifique/i.test(framework) ? 'RS' : undefined
}

function unknownScope(reason: string): RegistryError<'TOKEN_INVALID'> {
  return new RegistryError('TOKEN_INVALID', { code: 'SCOPE_UNKNOWN', reason })
}
