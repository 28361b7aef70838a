import {
  isOpenBadge,
  judgeContent,
  printable,
  readOpenBadge,
  type CredentialInput,
  type Language,
} from '../index.ts'

/** Said before anything is shown. */
export const unverified: Readonly<Record<Language, string>> = {
  en: 'NOT VERIFIED: anybody may have written this. Use livret verify.',
  fr: 'NON VÉRIFIÉ : n’importe qui a pu écrire ceci. Utilisez livret verify.',
}

const labels = {
  en: {
    format: 'Format',
    issuer: 'Issuer',
    key: 'Key',
    kind: 'Kind',
    model: 'Model',
    title: 'Title',
    holder: 'Holder',
    unnamed: 'not named',
    skills: 'Leads to',
    validFrom: 'Valid from',
    validUntil: 'Valid until',
    status: 'Status',
    schema: 'Schemas',
    receipt: 'Receipt',
    none: 'none',
    chains: 'for the chains',
  },
  fr: {
    format: 'Format',
    issuer: 'Émetteur',
    key: 'Clé',
    kind: 'Type',
    model: 'Modèle',
    title: 'Intitulé',
    holder: 'Titulaire',
    unnamed: 'non désigné',
    skills: 'Mène à',
    validFrom: 'Valable du',
    validUntil: 'Valable jusqu’au',
    status: 'Statut',
    schema: 'Schémas',
    receipt: 'Reçu',
    none: 'aucun',
    chains: 'pour les chaînes',
  },
} as const

/**
 * The essentials of a credential of any format, one line each. Whoever wrote it may have written anything,
 * so that control characters are taken out: a terminal would obey them.
 */
export function describeCredential(
  { decoded, receipt }: CredentialInput,
  language: Language,
): string {
  const words = labels[language]
  const { format, algorithm, issuer, kid, credential } = decoded
  const { type, validFrom, validUntil, credentialSubject, credentialStatus = [] } = credential
  const [name] = [credential.issuer.name].flat()
  const titles = isOpenBadge(credential)
    ? readOpenBadge(credential).subjects.map(({ achievement }) => achievement)
    : []
  const holders = credentialSubject.map(({ id }) => id ?? words.unnamed)
  const kinds = type.filter((each) => each !== 'VerifiableCredential')
  const aims = titles.flatMap(({ alignment = [] }) =>
    alignment.map(({ targetName, targetCode }) => targetCode ?? targetName),
  )
  const statuses = credentialStatus.map((entry) => entry.type.join(' '))
  const schemas = (credential.credentialSchema ?? []).map(({ id }) => id)
  const anchors = receipt?.anchors.map(({ chainId }) => String(chainId)) ?? []
  const rows: [string, readonly string[]][] = [
    [words.format, [`${format} (${algorithm})`]],
    [words.issuer, [textOf(name), issuer].filter((each) => each !== '')],
    [words.key, [kid]],
    [words.kind, kinds],
    [words.model, [judgeContent(credential)?.model ?? ''].filter((each) => each !== '')],
    [words.title, titles.map((each) => each.name)],
    [words.holder, holders],
    [words.skills, aims],
    [words.validFrom, validFrom === undefined ? [] : [validFrom]],
    [words.validUntil, validUntil === undefined ? [] : [validUntil]],
    [words.status, statuses.length > 0 ? statuses : [words.none]],
    [words.schema, schemas],
    [words.receipt, [receipt === undefined ? words.none : `${words.chains} ${anchors.join(', ')}`]],
  ]
  return rows
    .filter(([, values]) => values.length > 0)
    .map(([label, values]) => `${label.padEnd(17)} ${printable(values.join(', '))}`)
    .join('\n')
}

/** A text, or the first of its languages. */
function textOf(name: string | { '@value': string } | undefined): string {
  return typeof name === 'object' ? name['@value'] : (name ?? '')
}
