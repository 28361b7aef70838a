/**
 * `livret verify`: verifies credentials under a policy.
 *
 * @module
 */
import {
  createDidResolver,
  createStatusListFetcher,
  createVerifier,
  parsePolicy,
  renderReport,
  worstVerdict,
  type Policy,
  type Report,
} from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { inDataDir } from './data-dir.ts'
import { languageOf, readOptions } from './options.ts'
import { readInput, readText } from './read-input.ts'

export const usage = `Usage: livret verify [FILE…] [--policy FILE] [--json] [--lang fr|en] [--lists]

Verifies each FILE: a credential, or the JSON {"credential","receipt"}. Reads standard input for -
or if no FILE is named.

  --policy FILE  whom to trust; else $LIVRET_POLICY, else policy.json in $LIVRET_DATA_DIR (./.livret)
  --lists        fetch the issuers' status lists, too, and hold them against the chains
  --json         one line of JSON for each file
  --lang fr|en   language of the report; else that of LC_ALL or LANG

Exit code: 0 valid, 1 invalid, 2 undecided, 64 usage; of several files, the worst.`

const options = {
  policy: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  lists: { type: 'boolean' },
} as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const language = languageOf(values.lang, io.env)
  const policy = await loadPolicy(values.policy, io.env)
  const files = positionals.length === 0 ? ['-'] : positionals
  const web = {
    ...(io.fetchPublic && { fetch: io.fetchPublic }),
    allowLoopbackHttp: io.env['LIVRET_DEV'] === '1',
  }
  // Without a chain, the issuer's list is the only place that shows a revocation.
  const fetchesLists = values.lists === true || policy.chains.length === 0
  const verifier = createVerifier({
    policy,
    resolver: createDidResolver(web),
    ...(fetchesLists && { fetchStatusList: createStatusListFetcher(web) }),
    now: io.now,
  })

  const reports: Report[] = []
  for (const file of files) {
    const report = await verifier.verifyCredential(await readInput(file, io))
    if (values.json === true) io.out(JSON.stringify({ file, ...report }))
    else io.out((files.length > 1 ? `${file}\n` : '') + renderReport(report, language))
    reports.push(report)
  }
  return exitCodes[worstVerdict(reports.map(({ verdict }) => verdict))]
}

/** The policy of `--policy`, else of `LIVRET_POLICY`, else of the data directory. */
async function loadPolicy(option: string | undefined, env: Io['env']): Promise<Policy> {
  const file = option ?? (env['LIVRET_POLICY'] || inDataDir('policy.json', env))
  try {
    return parsePolicy(await readText(file))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(
      `no policy, so nobody to trust: ${reason}\nName one with --policy or LIVRET_POLICY.`,
    )
  }
}
