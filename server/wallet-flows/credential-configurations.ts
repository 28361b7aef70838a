/**
 * What an issuer here can put into wallets (OpenID4VCI 1.0 section 12.2.4): each kind of credential in
 * each format that the server signs. `vc+jwt` is our own profile of VC-JOSE-COSE: like `jwt_vc_json`,
 * with the types under `credential_definition`, but the credential is one of VCDM 2.0.
 *
 * @module
 */
import { credentialsV2, trainingCertificateTypes, type Format } from '#sdk'
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

/** `credential_configurations_supported` of an issuer that signs with `algorithm`. */
export function configurationsSupported(algorithm: string) {
  return Object.fromEntries(
    [...configurations].map(([id, { kind, format }]) => [
      id,
      {
        format,
        scope: id,
        credential_signing_alg_values_supported: [algorithm],
        cryptographic_binding_methods_supported: [...holderMethods],
        proof_types_supported: { jwt: { proof_signing_alg_values_supported: holderAlgorithms } },
        ...definitionOf(kind, format),
        credential_metadata: { display: [...kind.display], claims: claimsOf() },
      },
    ]),
  )
}

function definitionOf({ types }: Kind, format: IssuedFormat) {
  const type = [...types]
  if (format === 'vc+jwt') return { credential_definition: { '@context': [credentialsV2], type } }
  return { credential_definition: { type } }
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
