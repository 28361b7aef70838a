/**
 * Export to the European Learning Model 3, the model of Europass and its European Digital Credentials for
 * Learning. Unsigned: those are sealed with an eIDAS certificate of the organisation, in its own systems.
 *
 * @module
 */
import { credentialsV1, type Credential } from '../../model/credential.ts'
import { elmAchievement } from './elm-achievement.ts'
import { genericProfile, genericShapes, languageConcept } from './elm-concepts.ts'
import { elmOrganisation } from './elm-organisation.ts'
import { byLanguage, primary, readBadge } from './read-badge.ts'

/** The context of the application profile. */
export const elmContext = 'http://data.europa.eu/snb/model/context/edc-ap'

/** What the credential itself does not say. */
export interface ElmOptions {
  /** ISO 639-1 language of its texts, where `achievement.inLanguage` is missing. Default: `fr`. */
  language?: string
}

/**
 * An Open Badge as a European Digital Credential for Learning (application profile `edc-generic-full`).
 *
 * The achievement becomes a `Qualification` with its EQF level and RNCP or RS numbers, or a plain
 * specification; skills become learning outcomes (`relatedESCOSkill` for those of ESCO), other results
 * assessments, dates and hours the learning activity. Status, receipt and anchor stay behind: they are of
 * the signed credential, which this is not.
 *
 * @param credential - From `decodeCredential` or `readCredential`; about one person. It is not verified here.
 * @throws {@link RegistryError} `INPUT_INVALID` if it is no Open Badge, naming each member.
 *
 * @example
 * ```ts
 * const { credential } = decodeCredential(jwt)
 * await writeFile('elm.json', JSON.stringify(toElm(credential)))
 * ```
 */
export function toElm(credential: Credential, options: ElmOptions = {}) {
  const badge = readBadge(credential)
  const { id, subject, validFrom } = badge
  const { validUntil, issuer, name = subject.achievement.name } = credential
  const { inLanguage } = subject.achievement
  const language = primary(inLanguage ?? options.language ?? 'fr')
  const organisation = elmOrganisation(issuer, language)
  const shown = languageConcept(language)
  const person = nameOf(subject['identifier'])
  return {
    '@context': [credentialsV1, elmContext],
    id,
    type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
    credentialSchema: genericShapes,
    credentialProfiles: genericProfile,
    displayParameter: {
      id: `${id}#display`,
      type: 'DisplayParameter',
      title: byLanguage(name, language),
      description: { [language]: subject.achievement.description },
      ...(shown !== undefined && { primaryLanguage: shown, language: shown }),
    },
    issuer: organisation,
    issuanceDate: validFrom,
    issued: validFrom,
    validFrom,
    ...(validUntil !== undefined && { expirationDate: validUntil, validUntil }),
    credentialSubject: {
      id: subject.id ?? `${id}#person`,
      type: 'Person',
      ...(person !== undefined && { fullName: { [language]: person } }),
      hasClaim: elmAchievement(badge, organisation, language),
    },
  }
}

/** What {@link toElm} makes. */
export type ElmCredential = ReturnType<typeof toElm>

/** The person's name, if it is there in plain words (Open Badges 3.0, IdentityObject). */
function nameOf(identifiers: unknown): string | undefined {
  const list: readonly unknown[] = [identifiers].flat()
  for (const each of list) {
    if (typeof each !== 'object' || each === null) continue
    const isName = 'identityType' in each && each.identityType === 'name'
    const isPlain = 'hashed' in each && each.hashed === false
    if (isName && isPlain && 'identityHash' in each && typeof each.identityHash === 'string') {
      return each.identityHash
    }
  }
  return undefined
}
