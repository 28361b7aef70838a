/**
 * What an issuer must be accredited for to issue a credential.
 *
 * @module
 */
import { memo } from '../lib/memo.ts'
import { judgeOnce } from '../lib/shared.ts'
import { certificationsIn, unknownScope } from './certifications.ts'
import { Scope } from './scope.ts'

/** Most scopes of one credential: each is judged by itself. */
const maxScopes = 64

/** Types that say nothing about what is attested. */
const plainTypes = new Set(['VerifiableCredential', 'OpenBadgeCredential', 'AchievementCredential'])

/**
 * The scopes that the issuer's accreditation must cover, all of them.
 *
 * Each type beyond the plain ones gives a label, without a trailing `Credential`; a plain Open Badge
 * gives `OpenBadge`; a credential with no type but `VerifiableCredential` gives the empty scope, which
 * only somebody accredited for everything holds. Each RNCP or RS certification that is named anywhere
 * (see `certificationsIn`) goes below every label. Where a type is an address, or a member may
 * mean another term than its name says, nobody can tell what is attested: that is the empty scope, too.
 *
 * @param credential - Decoded, or before signing.
 * @returns At least one, none twice.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `SCOPE_UNKNOWN` for a type that is no
 *   label, a certification of RNCP or RS whose number cannot be read, an alignment in more than 256
 *   characters some of which are not of ASCII, or more than 64 scopes.
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
  const { type } = credential
  const types = typeof type === 'string' ? [type] : type
  const certifications = nameAddresses(types) ? undefined : certificationsIn(credential)
  if (certifications === undefined) return [scopeOf('')]
  const labels = labelsOf(types)
  const codes = [...certifications]
  if (labels.length * Math.max(codes.length, 1) > maxScopes) {
    throw unknownScope(`more than ${maxScopes} scopes`)
  }
  const paths = codes.length === 0 ? labels : labels.flatMap((label) => below(label, codes))
  return paths.length === 1 ? paths.map(scopeOf) : [...new Set(paths)].map(scopeOf)
}

function below(label: string, codes: readonly string[]): readonly string[] {
  return label === '' ? codes : codes.map((code) => `${label}/${code}`)
}

/** The same few scopes come again and again (bench: verify). */
const scopeOf = memo(4_096, (path: string): Scope => {
  const scope = Scope.safeParse(path)
  if (scope.success) return scope.data
  throw unknownScope(`${path.slice(0, 80)}: ${scope.error.issues[0]?.message ?? ''}`)
})

const nameAddresses = judgeOnce((types: readonly string[]) =>
  types.some((type) => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(type)),
)

const labelsOf = judgeOnce((types: readonly string[]): readonly string[] => {
  const own = types.filter((type) => !plainTypes.has(type))
  const odd = own.find((type) => type === '' || type.includes('/'))
  if (odd !== undefined) throw unknownScope(`the type "${odd.slice(0, 80)}" is no label`)
  if (own.length > 0) return own.map((type) => type.replace(/(?<=.)Credential$/, ''))
  return [types.some((type) => type !== 'VerifiableCredential') ? 'OpenBadge' : '']
})
