/**
 * What an issuer here can put into wallets (OpenID4VCI 1.0 section 12.2.4): each kind of credential in
 * each format that the server signs. `vc+jwt` is our own profile of VC-JOSE-COSE: like `jwt_vc_json`,
 * with the types under `credential_definition`, but the credential is one of VCDM 2.0.
 *
 * @module
 */
import { credentialsV2, openBadgesV3, trainingCertificateTypes, vctOf, type Format } from '#sdk'
import type { Context } from '../context.ts'
import { IssuedFormat } from '../issuing/credential-request.ts'
import { holderAlgorithms, holderMethods } from './library.ts'

/** A kind of credential, with its names for people. */
interface Kind {
  name: string
  types: readonly string[]
  display: readonly { name: string; locale: string }[]
}

/** The most special one first. */
const kinds: readonly Kind[] = [
  {
    name: 'TrainingCertificate',
    types: trainingCertificateTypes,
    display: [
      { name: 'Attestation de formation', locale: 'fr' },
      { name: 'Training certificate', locale: 'en' },
    ],
  },
  {
    name: 'SkillProfile',
    types: ['VerifiableCredential', 'SkillProfileCredential'],
    display: [
      { name: 'Profil de compétences', locale: 'fr' },
      { name: 'Skill profile', locale: 'en' },
    ],
  },
  {
    name: 'Reference',
    types: ['VerifiableCredential', 'ReferenceCredential'],
    display: [
      { name: 'Recommandation', locale: 'fr' },
      { name: 'Reference', locale: 'en' },
    ],
  },
  {
    name: 'OpenBadge',
    types: ['VerifiableCredential', 'OpenBadgeCredential'],
    display: [
      { name: 'Badge ouvert (Open Badge)', locale: 'fr' },
      { name: 'Open Badge', locale: 'en' },
    ],
  },
]

/** The kind that a credential is of, by its types; undefined if wallets are offered none such. */
export function kindOf(type: unknown): string | undefined {
  const types: readonly unknown[] = [type].flat()
  return kinds.find((kind) => kind.types.every((each) => types.includes(each)))?.name
}

/** The identifier of a configuration. */
export function configurationId(kind: string, format: Format): string {
  return `${kind}_${format}`
}

/** Every configuration, by its identifier; with its format. */
export const configurations: ReadonlyMap<string, { kind: Kind; format: IssuedFormat }> = new Map(
  kinds.flatMap((kind) =>
    IssuedFormat.options.map((format) => [configurationId(kind.name, format), { kind, format }]),
  ),
)

/** The formats that a key of `algorithm` can sign: the cryptosuite of `ldp_vc` wants Ed25519. */
export function formatsOf(algorithm: string): readonly IssuedFormat[] {
  return IssuedFormat.options.filter((format) => format !== 'ldp_vc' || algorithm === 'EdDSA')
}

/** `credential_configurations_supported` of an issuer that signs with `algorithm`. */
export function configurationsSupported({ config }: Pick<Context, 'config'>, algorithm: string) {
  const formats = formatsOf(algorithm)
  return Object.fromEntries(
    [...configurations].flatMap(([id, { kind, format }]) =>
      formats.includes(format) ? [[id, described(config.baseUrl, kind, format, algorithm)]] : [],
    ),
  )
}

function described(baseUrl: string, kind: Kind, format: IssuedFormat, algorithm: string) {
  return {
    format,
    scope: configurationId(kind.name, format),
    credential_signing_alg_values_supported: [format === 'ldp_vc' ? 'eddsa-rdfc-2022' : algorithm],
    // An SD-JWT VC is bound to the key itself (`cnf.jwk`).
    cryptographic_binding_methods_supported: format === 'dc+sd-jwt' ? ['jwk'] : [...holderMethods],
    proof_types_supported: { jwt: { proof_signing_alg_values_supported: holderAlgorithms } },
    ...definitionOf(baseUrl, kind, format),
    credential_metadata: { display: [...kind.display], claims: claimsOf() },
  }
}

function definitionOf(baseUrl: string, { types }: Kind, format: IssuedFormat) {
  const type = [...types]
  switch (format) {
    case 'dc+sd-jwt':
      return { vct: vctOf(baseUrl, types) }
    case 'jwt_vc_json':
      return { credential_definition: { type } }
    case 'vc+jwt':
    case 'ldp_vc':
      return { credential_definition: { '@context': [credentialsV2, openBadgesV3], type } }
  }
}

/** What wallets may show of the content; paths start at the credential. */
function claimsOf() {
  const achievement = ['credentialSubject', 'achievement']
  return [
    claim([...achievement, 'name'], 'Intitulé', 'Title'),
    claim([...achievement, 'description'], 'Description', 'Description'),
    claim(['issuer', 'name'], 'Délivré par', 'Issued by'),
    claim(['validFrom'], 'Valable à partir du', 'Valid from'),
  ]
}

function claim(path: [string, ...string[]] | string[], fr: string, en: string) {
  return {
    path,
    display: [
      { name: fr, locale: 'fr' },
      { name: en, locale: 'en' },
    ],
  }
}
