/**
 * What of a credential its holder may keep back.
 *
 * @module
 */
import { isRegistryError } from '../../errors.ts'
import { certificationsIn } from '../../model/certifications.ts'
import type { CredentialDocument } from '../../model/credential.ts'
import type { ClaimPlace } from './claim-path.ts'

/** Members of a subject that stay open: who, what kind, and what was achieved. */
const openMembers = new Set(['id', 'type', 'achievement'])

/**
 * The claims of a credential that become selectively disclosable: each result, skill, name, piece of
 * evidence and further member of the subject by itself, but nothing that names a certification of RNCP
 * or RS, for which the issuer must be accredited.
 *
 * @param credential - As for `signSdJwtVc`; one subject.
 */
export function disclosableClaims({
  credentialSubject,
  evidence,
}: CredentialDocument): readonly ClaimPlace[] {
  const subjects: readonly unknown[] = [credentialSubject].flat()
  const inList = Array.isArray(credentialSubject)
  const [subject] = subjects
  if (!isRecord(subject)) return []
  const at: ClaimPlace = inList ? ['credentialSubject', 0] : ['credentialSubject']
  const { achievement } = subject
  const skills = isRecord(achievement) ? achievement['alignment'] : undefined
  const members = Object.entries(subject).filter(([name]) => !openMembers.has(name))
  return [
    ...claimsAt([...at, 'achievement', 'alignment'], skills),
    ...members.flatMap(([name, value]) => claimsAt([...at, name], value)),
    ...claimsAt(['evidence'], evidence),
  ]
}

/** The items of a list, or else the member itself. */
function claimsAt(place: ClaimPlace, value: unknown): readonly ClaimPlace[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) return namesCertification(value) ? [] : [place]
  const items: readonly unknown[] = value
  return items.flatMap((item, i) => (namesCertification(item) ? [] : [[...place, i]]))
}

/** Whether it may name one: what cannot be told counts as yes. */
function namesCertification(item: unknown): boolean {
  try {
    return certificationsIn({ item })?.size !== 0
  } catch (error) {
    if (isRegistryError(error)) return true
    throw error
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
