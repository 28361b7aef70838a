/**
 * `livret verify`: verifies credentials under a policy.
 *
 * @module
 */
import { readBundle, renderReport, worstVerdict, type Verdict } from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { openVerifier, policyOf, verifierOptions, type VerifierValues } from './open-verifier.ts'
import { languageOf, readOptions } from './options.ts'
import { readInput } from './read-input.ts'
import { verifyLines } from './verify-lines.ts'
import { reportWriter } from './write-report.ts'

export const usage = `Usage: livret verify [FILE…] [--policy FILE] [--json] [--lang fr|en] [--lists|--offline]
                     [--foreign refuse|report] [--schema URL=FILE]… [--jsonl [--workers N]]
                     [--sign-report KEY --report-out FILE]

Verifies each FILE: a credential, or the JSON {"credential","receipt"}. Reads standard input for -
or if no FILE is named.

  --policy FILE  whom to trust; else $LIVRET_POLICY, else policy.json in $LIVRET_DATA_DIR (./.livret)
  --lists        fetch the issuers' status lists, too, and hold them against the chains
  --offline      each FILE is a bundle, from livret bundle: nothing else is asked
  --foreign F    what becomes of credentials from elsewhere, whose issuer no chain of the policy knows;
                 else what the policy says. refuse: they are invalid. report: everything but anchor
                 and accreditation is looked into, their issuers’ hosts are asked for keys and
                 revocation lists, and they are undecided at best, never valid
  --schema U=F   the JSON schema that credentials name U is in file F; no schema is ever fetched
  --json         one line of JSON for each file
  --jsonl        each line of FILE is one; answers one line of JSON each, however many there are
  --workers N    verifies the lines in N threads beside this one
  --sign-report K  signs the report, without personal data, with the private key (JWK) in file K …
  --report-out F   … and writes it to F, for livret report; F.salt then shows to whom you give it
                   which credential the report is about. One FILE at a time
  --lang fr|en   language of the report; else that of LC_ALL or LANG

Exit code: 0 valid, 1 invalid, 2 undecided, 64 usage; of several, the worst.`

const options = {
  ...verifierOptions,
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  lang: { type: 'string' },
  'sign-report': { type: 'string' },
  'report-out': { type: 'string' },
  workers: { type: 'string' },
} as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const language = languageOf(values.lang, io.env)
  const files = positionals.length === 0 ? ['-'] : positionals
  const workers = workersOf(values.workers, values.jsonl === true)
  const isSingle = files.length === 1 && values.jsonl !== true
  const signing = { key: values['sign-report'], out: values['report-out'], isSingle }
  const writeReport = await reportWriter(signing)
  if (values.jsonl === true) {
    return exitCodes[await verifyLines({ files, workers, values: given(values) }, io)]
  }

  const verifier = await openVerifier(values, io)
  const verdicts: Verdict[] = []
  for (const file of files) {
    const text = await readInput(file, io)
    const report = await verifier.verifyCredential(text)
    if (values.json === true) io.out(JSON.stringify({ file, ...report }))
    else io.out((files.length > 1 ? `${file}\n` : '') + renderReport(report, language))
    verdicts.push(report.verdict)
    await writeReport?.(report, {
      credential: values.offline === true ? readBundle(text).credential : text,
      policy: await policyOf(values, io.env),
    })
  }
  return exitCodes[worstVerdict(verdicts)]
}

function given({ policy, lists, offline, foreign, schema, lang }: VerifierValues): VerifierValues {
  return { policy, lists, offline, foreign, schema, lang }
}

function workersOf(option: string | undefined, isForLines: boolean): number {
  if (option === undefined) return 0
  const count = Number(option)
  if (isForLines && Number.isInteger(count) && count >= 0 && count <= 64) return count
  throw new UsageError(isForLines ? '--workers: expected 0 to 64' : '--workers: needs --jsonl')
}
