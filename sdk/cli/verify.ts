/**
 * `livret verify`: verifies credentials under a policy.
 *
 * @module
 */
import {
  createDidResolver,
  createStatusListFetcher,
  createVerifier,
  renderReport,
  verifyBundle,
  worstVerdict,
  type Policy,
  type Report,
} from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { loadPolicy } from './load-policy.ts'
import { languageOf, readOptions } from './options.ts'
import { readInput } from './read-input.ts'

export const usage = `Usage: livret verify [FILE…] [--policy FILE] [--json] [--lang fr|en] [--lists|--offline]

Verifies each FILE: a credential, or the JSON {"credential","receipt"}. Reads standard input for -
or if no FILE is named.

  --policy FILE  whom to trust; else $LIVRET_POLICY, else policy.json in $LIVRET_DATA_DIR (./.livret)
  --lists        fetch the issuers' status lists, too, and hold them against the chains
  --offline      each FILE is a bundle, from livret bundle: nothing else is asked
  --json         one line of JSON for each file
  --lang fr|en   language of the report; else that of LC_ALL or LANG

Exit code: 0 valid, 1 invalid, 2 undecided, 64 usage; of several files, the worst.`

const options = {
  policy: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  lists: { type: 'boolean' },
  offline: { type: 'boolean' },
} as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const language = languageOf(values.lang, io.env)
  const policy = await loadPolicy(values.policy, io.env)
  const files = positionals.length === 0 ? ['-'] : positionals
  const verifier =
    values.offline === true
      ? offline(values, policy, io.now)
      : online(values.lists === true, policy, io)

  const reports: Report[] = []
  for (const file of files) {
    const report = await verifier.verifyCredential(await readInput(file, io))
    if (values.json === true) io.out(JSON.stringify({ file, ...report }))
    else io.out((files.length > 1 ? `${file}\n` : '') + renderReport(report, language))
    reports.push(report)
  }
  return exitCodes[worstVerdict(reports.map(({ verdict }) => verdict))]
}

function online(wantsLists: boolean, policy: Policy, io: Io) {
  const web = {
    ...(io.fetchPublic && { fetch: io.fetchPublic }),
    allowLoopbackHttp: io.env['LIVRET_DEV'] === '1',
  }
  // Without a chain, the issuer's list is the only place that shows a revocation.
  const fetchesLists = wantsLists || policy.chains.length === 0
  return createVerifier({
    policy,
    resolver: createDidResolver(web),
    ...(fetchesLists && { fetchStatusList: createStatusListFetcher(web) }),
    now: io.now,
  })
}

/** Everything about bundles comes from them: no network is used. */
function offline(values: { lists?: boolean }, policy: Policy, now: Io['now']) {
  if (values.lists === true) throw new UsageError('--lists needs a network; leave --offline out')
  return { verifyCredential: (text: string) => verifyBundle(text, { policy, now }) }
}
