/**
 * The verifier that the options of `livret verify` ask for.
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
  verifyBundle,
  type KnownSchemas,
  type Policy,
  type Verifier,
} from '../index.ts'
import { UsageError, type Io } from './command.ts'
import { loadPolicy } from './load-policy.ts'
import { readText } from './read-input.ts'

/** Options that say how is verified; as for `parseArgs`. */
export const verifierOptions = {
  policy: { type: 'string' },
  lists: { type: 'boolean' },
  offline: { type: 'boolean' },
  foreign: { type: 'string' },
  schema: { type: 'string', multiple: true },
} as const

/** The same, as given. They travel to other threads as they are. */
export interface VerifierValues {
  readonly policy?: string | undefined
  readonly lists?: boolean | undefined
  readonly offline?: boolean | undefined
  readonly foreign?: string | undefined
  readonly schema?: readonly string[] | undefined
  /** Of what is said about a policy that cannot be used. */
  readonly lang?: string | undefined
}

/** Makes the verifier. Throws {@link UsageError} for options that make no sense, or files that cannot be read. */
export async function openVerifier(
  values: VerifierValues,
  io: Pick<Io, 'env' | 'now' | 'fetchPublic'>,
): Promise<Pick<Verifier, 'verifyCredential'>> {
  const policy = await policyOf(values, io.env)
  if (values.offline === true) return offline(values, policy, io.now)
  const schemas = await schemasOf(values.schema)
  return online({ policy, wantsLists: values.lists === true, schemas }, io)
}

/** The policy that the options name, with what they change of it. */
export async function policyOf(
  { policy, foreign, lang }: VerifierValues,
  env: Io['env'],
): Promise<Policy> {
  return withForeign(await loadPolicy(policy, env, lang), foreign)
}

/** What `online` needs beside the world. */
interface Wishes {
  readonly policy: Policy
  readonly wantsLists: boolean
  readonly schemas: KnownSchemas | undefined
}

function online(
  { policy, wantsLists, schemas }: Wishes,
  io: Pick<Io, 'env' | 'now' | 'fetchPublic'>,
) {
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
function offline(values: VerifierValues, policy: Policy, now: Io['now']) {
  if (values.lists === true) throw new UsageError('--lists needs a network; leave --offline out')
  if (values.schema !== undefined) throw new UsageError('--schema: not with --offline')
  return {
    verifyCredential: (input: string | object) =>
      verifyBundle(typeof input === 'string' ? input : JSON.stringify(input), { policy, now }),
  }
}
