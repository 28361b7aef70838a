/**
 * Making a training certificate: from what a training body fills in to an Open Badges 3.0 credential.
 *
 * @module
 */
import { parse } from '../lib/parse.ts'
import { openBadgeContexts } from './contexts.ts'
import type { DateTimeStamp, Url } from './primitives.ts'
import type { statusEntries } from './status-entry.ts'
import {
  TrainingCertificateInput,
  type IssuerInput,
  type ParsedTrainingCertificate,
} from './training-certificate-input.ts'

/** Types of every training certificate, in this order. */
export const trainingCertificateTypes = [
  'VerifiableCredential',
  'OpenBadgeCredential',
  'TrainingCertificateCredential',
] as const

/** What the server adds to what people fill in. */
export interface TrainingCertificateFrame {
  /** Of the credential; `urn:uuid:…` says nothing to anybody. */
  id: Url
  validFrom: DateTimeStamp
  validUntil?: DateTimeStamp
  /** From `statusEntries`. Mandatory for accredited issuers. */
  credentialStatus?: ReturnType<typeof statusEntries>
}

/** The genre of the evidence that holds the hours attended. */
export const hoursGenre = 'TrainingHours'

/**
 * Makes the credential; unsigned.
 *
 * RNCP, RS, ROME and ESCO become alignments, the EQF level and grades results with their descriptions,
 * hours an evidence whose `narrative` is an ISO 8601 duration (`PT35H`).
 *
 * @throws {@link RegistryError} `INPUT_INVALID` naming each member that is missing or wrong.
 *
 * @example
 * ```ts
 * const certificate = buildTrainingCertificate(input, { id: `urn:uuid:${uuid}`, validFrom: now })
 * await signVcJwt(certificate, signer)
 * ```
 */
export function buildTrainingCertificate(
  input: TrainingCertificateInput,
  { id, ...frame }: TrainingCertificateFrame,
) {
  const given = parse(TrainingCertificateInput, input, 'certificate')
  const { title, description, holder, startedOn, completedOn } = given
  const alignment = alignmentsOf(given)
  const { resultDescription, result } = resultsOf(given, id)
  const evidence = evidenceOf(given)
  return {
    '@context': [...openBadgeContexts],
    id,
    type: [...trainingCertificateTypes],
    name: title,
    issuer: issuerProfile(given.issuer),
    ...frame,
    credentialSubject: {
      id: holder.id,
      type: ['AchievementSubject'],
      ...(holder.name !== undefined && { identifier: [nameOf(holder.name)] }),
      ...(startedOn !== undefined && { activityStartDate: `${startedOn}T00:00:00Z` }),
      activityEndDate: `${completedOn}T00:00:00Z`,
      achievement: {
        id: given.achievementId ?? `${id}#achievement`,
        type: ['Achievement'],
        achievementType: given.achievementType,
        name: title,
        description,
        criteria: { narrative: given.criteria },
        ...(given.language !== undefined && { inLanguage: given.language }),
        ...(alignment.length > 0 && { alignment }),
        ...(resultDescription.length > 0 && { resultDescription }),
      },
      ...(result.length > 0 && { result }),
    },
    ...(evidence.length > 0 && { evidence }),
  }
}

/** What {@link buildTrainingCertificate} makes. */
export type TrainingCertificate = ReturnType<typeof buildTrainingCertificate>

/**
 * What an organisation says of itself, as an Open Badges 3.0 Profile: `issuer` of its credentials.
 * SIRET, NDA and UAI become identifiers of the types `ext:SIRET`, `ext:NDA` and `ext:UAI`.
 */
export function issuerProfile({ siret, nda, uai, address, ...profile }: IssuerInput) {
  const otherIdentifier = Object.entries({ SIRET: siret, NDA: nda, UAI: uai }).flatMap(
    ([name, identifier]) =>
      identifier === undefined
        ? []
        : [{ type: 'IdentifierEntry', identifier, identifierType: `ext:${name}` }],
  )
  return {
    ...profile,
    type: ['Profile'],
    ...(address !== undefined && { address: addressOf(address) }),
    ...(otherIdentifier.length > 0 && { otherIdentifier }),
  }
}

function addressOf({
  locality,
  region,
  countryCode,
  ...rest
}: NonNullable<IssuerInput['address']>) {
  return {
    type: ['Address'],
    ...rest,
    ...(locality !== undefined && { addressLocality: locality }),
    ...(region !== undefined && { addressRegion: region }),
    addressCountryCode: countryCode,
  }
}

/** A plain name. Hashed with a salt that stands beside it, it would only seem to be hidden. */
function nameOf(name: string) {
  return { type: 'IdentityObject', hashed: false, identityHash: name, identityType: 'name' }
}

function alignmentsOf({ certifications, rome, esco, escoVersion }: ParsedTrainingCertificate) {
  return [
    ...certifications.flatMap(({ code, title, blocks }) =>
      [{ code, title }, ...blocks].map((part) => ({
        type: ['Alignment'],
        targetName: part.title,
        targetCode: part.code,
        targetUrl: registerUrl(code),
        targetFramework: code.startsWith('RS') ? 'RS' : 'RNCP',
        targetType: 'ceterms:Credential',
      })),
    ),
    ...rome.map(({ code, title }) => ({
      type: ['Alignment'],
      targetName: title,
      targetCode: code,
      targetUrl: romeUrl(code),
      targetFramework: 'ROME 4.0',
      targetType: /^\d/.test(code) ? 'ceasn:Competency' : 'ext:Occupation',
    })),
    ...esco.map(({ uri, title }) => ({
      type: ['Alignment'],
      targetName: title,
      targetUrl: uri,
      targetFramework: `ESCO ${escoVersion}`,
      targetType: 'ceasn:Competency',
    })),
  ]
}

/** The public page of a certification at France compétences. */
function registerUrl(code: string): string {
  const [, register = '', number = ''] = /^([A-Z]+)(\d+)$/.exec(code) ?? []
  return `https://www.francecompetences.fr/recherche/${register.toLowerCase()}/${number}/`
}

/** The resource of France Travail's open ROME 4.0 interfaces. */
function romeUrl(code: string): string {
  const path = /^\d/.test(code)
    ? 'rome-competences/v1/competences/competence'
    : 'rome-metiers/v1/metiers/metier'
  return `https://api.francetravail.io/partenaire/${path}/${code}`
}

const eqfLevels = ['1', '2', '3', '4', '5', '6', '7', '8']

/** Each result with the description that it refers to. */
function resultsOf({ eqfLevel, results }: ParsedTrainingCertificate, id: Url) {
  const eqf =
    eqfLevel === undefined
      ? []
      : [
          {
            name: 'EQF level',
            value: String(eqfLevel),
            allowed: eqfLevels,
            resultType: 'ext:EQFLevel',
          },
        ]
  const graded = results.map((result) => ({ ...result, resultType: resultTypeOf(result) }))
  const all = [...eqf, ...graded].map((result, i) => ({
    min: undefined,
    max: undefined,
    required: undefined,
    ...result,
    id: `${id}#result-${i + 1}`,
  }))
  return {
    resultDescription: all.map(({ id, name, resultType, allowed, min, max, required }) => ({
      id,
      type: ['ResultDescription'],
      name,
      resultType,
      ...(allowed !== undefined && { allowedValue: allowed }),
      ...(min !== undefined && { valueMin: String(min) }),
      ...(max !== undefined && { valueMax: String(max) }),
      ...(required !== undefined && { requiredValue: required }),
    })),
    result: all.map(({ id, value }) => ({ type: ['Result'], resultDescription: id, value })),
  }
}

function resultTypeOf({ allowed, min, max }: ParsedTrainingCertificate['results'][number]): string {
  if (allowed !== undefined) return 'PerformanceLevel'
  return min === undefined && max === undefined ? 'Result' : 'RawScore'
}

function evidenceOf({ hours, evidence }: ParsedTrainingCertificate) {
  const attended =
    hours === undefined
      ? []
      : [
          {
            type: ['Evidence'],
            name: 'Hours attended',
            genre: hoursGenre,
            narrative: `PT${hours}H`,
          },
        ]
  const others = evidence.map(({ url, ...rest }) => ({
    ...(url !== undefined && { id: url }),
    type: ['Evidence'],
    ...rest,
  }))
  return [...attended, ...others]
}
