/**
 * `livret verify`: verifies credentials under a policy.
 *
 * @module
 */
import {
  compileSchemas,
  createDidResolver,
  createDocumentFetcher,
  createStatusListFetcher,
  createVerifier,
  isJsonObject,
  readJson,
  renderReport,
  verifyBundle,
  worstVerdict,
  type KnownSchemas,
  type Policy,
  type Report,
} from '../index.ts'
import { exitCodes, UsageError, type Io } from './command.ts'
import { loadPolicy } from './load-policy.ts'
import { languageOf, readOptions } from './options.ts'
import { readInput, readText } from './read-input.ts'

export const usage = `Usage: livret verify [FILE…] [--policy FILE] [--json] [--lang fr|en] [--lists|--offline]
                     [--foreign refuse|report] [--schema URL=FILE]…

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
  --lang fr|en   language of the report; else that of LC_ALL or LANG

Exit code: 0 valid, 1 invalid, 2 undecided, 64 usage; of several files, the worst.`

const options = {
  policy: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  lists: { type: 'boolean' },
  offline: { type: 'boolean' },
  foreign: { type: 'string' },
  schema: { type: 'string', multiple: true },
} as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  const language = languageOf(values.lang, io.env)
  const policy = withForeign(await loadPolicy(values.policy, io.env), values.foreign)
  const files = positionals.length === 0 ? ['-'] : positionals
  const verifier =
    values.offline === true
      ? offline(values, policy, io.now)
      : online(
          { policy, wantsLists: values.lists === true, schemas: await schemasOf(values.schema) },
          io,
        )

  const reports: Report[] = []
  for (const file of files) {
    const report = await verifier.verifyCredential(await readInput(file, io))
    if (values.json === true) io.out(JSON.stringify({ file, ...report }))
    else io.out((files.length > 1 ? `${file}\n` : '') + renderReport(report, language))
    reports.push(report)
  }
  return exitCodes[worstVerdict(reports.map(({ verdict }) => verdict))]
}

/** What `online` needs beside the world. */
interface Wishes {
  readonly policy: Policy
  readonly wantsLists: boolean
  readonly schemas: KnownSchemas | undefined
}

function online({ policy, wantsLists, schemas }: Wishes, io: Io) {
  const web = {
    ...(io.fetchPublic && { fetch: io.fetchPublic }),
    allowLoopbackHttp: io.env['LIVRET_DEV'] === '1',
  }
  // Without a chain, the issuer's list is the only place that shows a revocation.
  const fetchesLists = wantsLists || policy.chains.length === 0 || policy.foreign === 'report'
  return createVerifier({
    policy,
    resolver: createDidResolver({ ...web, ethr: policy.chains }),
    ...(fetchesLists && { fetchStatusList: createStatusListFetcher(web) }),
    fetchDocument: createDocumentFetcher(web),
    ...(schemas && { schemas }),
    now: io.now,
  })
}

function withForeign(policy: Policy, option: string | undefined): Policy {
  if (option === undefined) return policy
  if (option === 'refuse' || option === 'report') return { ...policy, foreign: option }
  throw new UsageError(`--foreign: expected refuse or report, got '${option}'`)
}

/** The schemas of `--schema`, compiled. */
async function schemasOf(options: readonly string[] = []): Promise<KnownSchemas | undefined> {
  if (options.length === 0) return undefined
  const entries = options.map(async (option) => {
    const [, url, file] = /^(.+)=(.+)$/.exec(option) ?? []
    if (url === undefined || file === undefined) throw new UsageError('--schema: expected URL=FILE')
    const { value } = readJson(await readText(file))
    if (!isJsonObject(value)) throw new UsageError(`--schema: ${file} is no JSON object`)
    return [url, value] as const
  })
  return compileSchemas(Object.fromEntries(await Promise.all(entries)))
}

/** Everything about bundles comes from them: no network is used. */
function offline(
  values: { lists?: boolean; schema?: readonly string[] },
  policy: Policy,
  now: Io['now'],
) {
  if (values.lists === true) throw new UsageError('--lists needs a network; leave --offline out')
  if (values.schema !== undefined) throw new UsageError('--schema: not with --offline')
  return { verifyCredential: (text: string) => verifyBundle(text, { policy, now }) }
}
