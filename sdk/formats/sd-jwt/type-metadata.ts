/**
 * Type metadata of our SD-JWT VCs (SD-JWT VC section 4): what wallets show, and what their holders may
 * keep back. Served at the address that is `vct`.
 *
 * @module
 */
import type { Url } from '../../model/primitives.ts'
import type { ClaimPath } from './claim-path.ts'

/** Names of a type, most special first; each has its metadata. */
const kinds = [
  {
    name: 'TrainingCertificateCredential',
    extends: 'OpenBadgeCredential',
    fr: ['Attestation de formation', 'Ce qu’un organisme de formation atteste.'],
    en: ['Training certificate', 'What a training body attests.'],
  },
  {
    name: 'SkillProfileCredential',
    extends: 'VerifiableCredential',
    fr: ['Profil de compétences', 'Des compétences, chacune avec sa preuve.'],
    en: ['Skill profile', 'Skills, each with its evidence.'],
  },
  {
    name: 'ReferenceCredential',
    extends: 'VerifiableCredential',
    fr: ['Recommandation', 'Ce qu’atteste une personne avec qui le titulaire a travaillé.'],
    en: ['Reference', 'What somebody attests who worked with the holder.'],
  },
  {
    name: 'OpenBadgeCredential',
    extends: 'VerifiableCredential',
    fr: ['Badge ouvert (Open Badge)', 'Un acquis, selon Open Badges 3.0.'],
    en: ['Open Badge', 'An achievement, as Open Badges 3.0 says it.'],
  },
  {
    name: 'VerifiableCredential',
    extends: undefined,
    fr: ['Attestation', 'Une attestation vérifiable.'],
    en: ['Credential', 'A verifiable credential.'],
  },
] as const

/** A type that has metadata here. */
type SdJwtTypeName = (typeof kinds)[number]['name']

/** Version of the metadata; part of every `vct`, which must never mean something else. */
const version = 'v1'

/**
 * The `vct` of a credential: that of its most special type that has metadata.
 *
 * @param baseUrl - Of the server that serves the metadata.
 * @param types - `type` of the credential.
 */
export function vctOf(baseUrl: string, types: readonly string[]): Url {
  const kind = kinds.find(({ name }) => types.includes(name)) ?? kinds[kinds.length - 1]
  return addressOf(baseUrl, kind?.name ?? 'VerifiableCredential')
}

/**
 * The metadata of a type.
 *
 * @returns `undefined` for a name or version that there is none of.
 */
export function typeMetadata(baseUrl: string, name: string, wanted: string = version) {
  const kind = kinds.find((each) => each.name === name)
  if (kind === undefined || wanted !== version) return undefined
  return {
    vct: addressOf(baseUrl, kind.name),
    name: kind.en[0],
    description: kind.en[1],
    ...(kind.extends !== undefined && { extends: addressOf(baseUrl, kind.extends) }),
    display: (['fr', 'en'] as const).map((locale) => {
      const [title, description] = kind[locale]
      return { locale, name: title, description }
    }),
    claims: claimsOf(kind.name).map(({ path, fr, en, sd, mandatory }) => ({
      path: [...path],
      display: [
        { locale: 'fr', label: fr },
        { locale: 'en', label: en },
      ],
      ...(mandatory === true && { mandatory }),
      sd,
    })),
  }
}

function addressOf(baseUrl: string, name: SdJwtTypeName): Url {
  return `${baseUrl}/vct/${name}/${version}`
}

interface ClaimMetadata {
  path: ClaimPath
  fr: string
  en: string
  sd: 'allowed' | 'never'
  mandatory?: true
}

const subject = 'credentialSubject'

/** Of every credential. What names a certification of RNCP or RS is never kept back, wherever it stands. */
const common: readonly ClaimMetadata[] = [
  { path: ['type'], fr: 'Types', en: 'Types', sd: 'never', mandatory: true },
  { path: ['issuer'], fr: 'Délivrée par', en: 'Issued by', sd: 'never', mandatory: true },
  { path: ['nbf'], fr: 'Valable à partir du', en: 'Valid from', sd: 'never' },
  { path: ['exp'], fr: 'Valable jusqu’au', en: 'Valid until', sd: 'never' },
  { path: ['credentialStatus'], fr: 'Statut', en: 'Status', sd: 'never' },
  { path: [subject, 'id'], fr: 'Titulaire', en: 'Holder', sd: 'never' },
  { path: ['evidence', null], fr: 'Preuve', en: 'Evidence', sd: 'allowed' },
]

const badge: readonly ClaimMetadata[] = [
  { path: [subject, 'identifier', null], fr: 'Nom', en: 'Name', sd: 'allowed' },
  {
    path: [subject, 'achievement', 'name'],
    fr: 'Intitulé',
    en: 'Title',
    sd: 'never',
    mandatory: true,
  },
  { path: [subject, 'achievement', 'criteria'], fr: 'Conditions', en: 'Criteria', sd: 'never' },
  {
    path: [subject, 'achievement', 'alignment', null],
    fr: 'Compétence',
    en: 'Skill',
    sd: 'allowed',
  },
  { path: [subject, 'activityStartDate'], fr: 'Début', en: 'Start', sd: 'allowed' },
  { path: [subject, 'activityEndDate'], fr: 'Fin', en: 'End', sd: 'allowed' },
  { path: [subject, 'result', null], fr: 'Résultat', en: 'Result', sd: 'allowed' },
]

function claimsOf(name: SdJwtTypeName): readonly ClaimMetadata[] {
  const isBadge = name === 'TrainingCertificateCredential' || name === 'OpenBadgeCredential'
  return isBadge ? [...common, ...badge] : common
}
