/**
 * `livret report`: reads a signed report.
 *
 * @module
 */
import {
  Hash,
  isRegistryError,
  matchesReport,
  parse,
  PublicJwk,
  readJson,
  renderReport,
  verifyReport,
  type Language,
  type SignedReport,
} from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { languageOf, readOptions } from './options.ts'
import { readInput, readText } from './read-input.ts'

export const usage = `Usage: livret report [FILE] --key JWK [--credential FILE --salt FILE] [--json] [--lang fr|en]

Reads a signed report, from livret verify --sign-report, and verifies its signature. What became of the
credential since is not in it. Reads standard input for - or if no FILE is named.

  --key JWK          file with the public key (JWK) of the verifier whose word you take
  --credential FILE  whether the report is about this credential …
  --salt FILE        … which only its salt tells
  --json             what was signed, as it is
  --lang fr|en       language of the report; else that of LC_ALL or LANG

Exit code: 0 genuine and valid, 1 not genuine, invalid or about another credential, 2 undecided, 64 usage.`

const options = {
  key: { type: 'string' },
  credential: { type: 'string' },
  salt: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
} as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const { key, credential, salt } = values
  const language = languageOf(values.lang, io.env)
  const [file = '-', ...more] = positionals
  if (more.length > 0) throw new UsageError('one FILE at a time')
  if (key === undefined) throw new UsageError('expected --key JWK')
  if ((credential === undefined) !== (salt === undefined)) {
    throw new UsageError('--credential and --salt go together')
  }
  const jwk = readAs(PublicJwk, 'key', key, readJson(await readText(key)).value)
  const report = await verifyReport((await readInput(file, io)).trim(), jwk)
  io.out(values.json === true ? JSON.stringify(report) : written(report, language))
  if (credential === undefined || salt === undefined) return exitCodes[report.verdict]
  const hash = readAs(Hash, 'salt', salt, (await readText(salt)).trim())
  const isAbout = await matchesReport(report, hash, await readText(credential))
  io.err((isAbout ? about : aboutAnother)[language])
  return isAbout ? exitCodes[report.verdict] : exitCodes.invalid
}

const about = {
  en: 'It is about this credential.',
  fr: 'Il porte bien sur cette attestation.',
} as const

const aboutAnother = {
  en: 'It is about ANOTHER credential.',
  fr: 'Il porte sur une AUTRE attestation.',
} as const

function written(report: SignedReport, language: Language): string {
  const { verifiedAt, policy, commitment, issuer, format } = report
  const time = new Date(verifiedAt * 1000).toISOString()
  const lines = {
    en: [
      '  ?: left out, so that no person can be told from it',
      `  Verified at: ${time}`,
      `  Policy: ${policy}`,
      `  Commitment: ${commitment}`,
    ],
    fr: [
      '  ? : omis, afin que personne n’y soit reconnaissable',
      `  Vérifié le : ${time}`,
      `  Politique : ${policy}`,
      `  Engagement : ${commitment}`,
    ],
  }
  const checks = report.checks.map(({ facts, ...check }) => ({
    ...check,
    facts: { ...facts, issuer, format },
  }))
  return [renderReport({ ...report, checks }, language), ...lines[language]].join('\n')
}

/** A file that is named wrongly is a mistake of use, not a report that is not genuine. */
function readAs<S extends Parameters<typeof parse>[0]>(
  schema: S,
  option: 'key' | 'salt',
  file: string,
  value: unknown,
) {
  try {
    return parse(schema, value, option)
  } catch (error) {
    if (!isRegistryError(error)) throw error
    throw new UsageError(`--${option} ${file}: ${error.message}`, false)
  }
}
