/**
 * Signed credentials inside a credential: endorsements of Open Badges 3.0 (`endorsement`,
 * `endorsementJwt`), and what a Comprehensive Learner Record holds (`verifiableCredential`).
 *
 * @module
 */
import type { Credential } from './credential.ts'

/** A credential inside another one. */
export interface EmbeddedCredential {
  /** Where it stands: `issuer.endorsement.0`. */
  readonly place: string
  readonly kind: 'endorsement' | 'record'
  /** A token, or an object with a proof. */
  readonly content: unknown
}

/** Most that are found in one credential. */
export const maxEmbedded = 50

const kinds = {
  endorsement: 'endorsement',
  endorsementJwt: 'endorsement',
  verifiableCredential: 'record',
} as const

/**
 * Finds them where the standards have them: in the credential, its subjects, their achievements, and the
 * organisations behind each. Those within each other are for whoever reads the inner one.
 *
 * @returns At most {@link maxEmbedded} and one more, which says that there are too many.
 */
export function embeddedCredentials(credential: Credential): readonly EmbeddedCredential[] {
  const found: EmbeddedCredential[] = []
  for (const [path, holder] of holdersOf(credential)) {
    for (const name of ['endorsement', 'endorsementJwt', 'verifiableCredential'] as const) {
      if (holder[name] === undefined || found.length > maxEmbedded) continue
      found.push(...entriesOf(holder[name], `${path}${name}`, kinds[name]))
    }
  }
  return found.slice(0, maxEmbedded + 1)
}

/** An object by the way that leads to it, with a dot at the end. */
type Holder = readonly [path: string, object: Readonly<Record<string, unknown>>]

/** Loops, not maps: every credential that is verified goes through it (bench: verify). */
function holdersOf(credential: Credential): readonly Holder[] {
  const holders: Holder[] = [['', credential]]
  addProfile(holders, 'issuer.', credential.issuer)
  for (const [i, subject] of credential.credentialSubject.entries()) {
    const path = `credentialSubject.${String(i)}.`
    holders.push([path, subject])
    addProfile(holders, `${path}source.`, subject['source'])
    const achievements: readonly unknown[] = [subject['achievement']].flat()
    for (const [j, achievement] of achievements.entries()) {
      if (!isRecord(achievement)) continue
      const place = `${path}achievement.${achievements.length > 1 ? `${String(j)}.` : ''}`
      holders.push([place, achievement])
      addProfile(holders, `${place}creator.`, achievement['creator'])
    }
  }
  return holders
}

/** An organisation, and the one that it belongs to. */
function addProfile(holders: Holder[], path: string, profile: unknown): void {
  if (!isRecord(profile)) return
  holders.push([path, profile])
  if (isRecord(profile['parentOrg'])) holders.push([`${path}parentOrg.`, profile['parentOrg']])
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function entriesOf(
  member: unknown,
  place: string,
  kind: EmbeddedCredential['kind'],
): readonly EmbeddedCredential[] {
  const entries: readonly unknown[] = Array.isArray(member) ? member : [member]
  return entries.map((content, i) => ({ place: `${place}.${String(i)}`, kind, content }))
}

/** Every `id` that stands in a credential, on any level: what an endorsement in it may be about. */
export function idsIn(credential: Credential): ReadonlySet<string> {
  const ids = new Set<string>()

  function visit(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    if ('id' in value && typeof value.id === 'string') ids.add(value.id)
    for (const [name, member] of Object.entries(value)) if (!(name in kinds)) visit(member)
  }

  visit(credential)
  return ids
}
