import {
  checkAnswer,
  claimsOf,
  Format,
  isRegistryError,
  readPresentation,
  worstVerdict,
  type Check,
  type ClaimSource,
  type JsonObject,
  type PresentationReport,
  type Verdict,
} from '#sdk'
import type { Context } from '../context.ts'
import { ownReceipt } from '../verifying/own-receipt.ts'
import { namesOf, type OpenPresentation } from './presentation-flow.ts'
import { refused } from './refused.ts'
import { verifierIdentity } from './verifier-identity.ts'

/** What was presented for one credential query. */
interface Presented {
  query: string
  holder: string | undefined
  credentials: readonly { format: Format; credential: string; claims: JsonObject }[]
  report: PresentationReport
}

/** What came of a request. */
export interface AnswerResult {
  /** Over all that was presented. */
  verdict: Verdict
  presentations: readonly Presented[]
}

/** What a holder proves by showing a credential, whatever that is worth. */
const proofChecks = new Set<string>(['decode', 'format', 'signature', 'holder'])

/**
 * Verifies a `vp_token` (OpenID4VP 1.0 section 8.6): each presentation by itself, then all of them
 * against the query. Throws PROTOCOL_REFUSED with `invalid_request`.
 */
export async function verifyAnswer(
  context: Context,
  { flow, presentation }: OpenPresentation,
  token: JsonObject,
): Promise<AnswerResult> {
  const { query, clientIdPrefix } = presentation
  const expected = {
    challenge: namesOf(context, flow.id).nonce,
    domain: verifierIdentity(context, clientIdPrefix).clientId,
  }
  const presented: Presented[] = []
  for (const [id, entries] of Object.entries(token)) {
    const format = Format.safeParse(query.credentials.find((asked) => asked.id === id)?.format)
    if (!format.success) throw refused('invalid_request', 'vp_token: nobody asked for all of it')
    if (!Array.isArray(entries)) throw refused('invalid_request', `${id}: expected a list`)
    for (const entry of entries) {
      presented.push(await verifyOne(context, id, format.data, textOf(id, entry), expected))
    }
  }
  const ids = Object.keys(token)
  const answer = Object.fromEntries(ids.map((id) => [id, sourcesOf(presented, id)]))
  const problem = checkAnswer(query, answer)
  if (problem !== undefined) throw refused('invalid_request', `vp_token: ${problem}`)
  return {
    verdict: worstVerdict(presented.map(({ report }) => report.verdict)),
    presentations: presented,
  }
}

async function verifyOne(
  context: Context,
  query: string,
  format: Format,
  text: string,
  expected: { challenge: string; domain: string },
): Promise<Presented> {
  const inside = await credentialsIn(text)
  const receipts = await Promise.all(inside.map((each) => ownReceipt(context, each)))
  const report = await context.verifier.verifyPresentation({
    presentation: text,
    ...expected,
    receipts: receipts.filter((receipt) => receipt !== undefined),
  })
  const failed =
    report.presentation.checks.find(({ status }) => status !== 'passed')?.code ??
    report.credentials.flatMap(({ checks }) => checks).find(isRefuted)?.code
  if (failed !== undefined) throw refused('invalid_request', `${query}: ${failed}`, failed)
  if (inside.length === 0) throw refused('invalid_request', `${query}: no credential in it`)
  return {
    query,
    holder: report.holder,
    credentials: inside.map((credential) => ({
      credential,
      ...claimsOrRefused(query, format, credential),
    })),
    report,
  }
}

/** What is not known yet is for the report to say; what is known to be wrong is not taken in. */
function isRefuted({ name, status }: Check): boolean {
  return proofChecks.has(name) && status === 'failed'
}

function claimsOrRefused(query: string, format: Format, text: string): ClaimSource {
  try {
    return claimsOf(format, text)
  } catch (error) {
    if (!isRegistryError(error)) throw error
    throw refused('invalid_request', `${query}: the credential is not in ${format}`)
  }
}

/** The credentials inside; none if it cannot be read, which the verifier will say. */
async function credentialsIn(text: string): Promise<readonly string[]> {
  try {
    return (await readPresentation(text)).credentials
  } catch (error) {
    if (isRegistryError(error)) return []
    throw error
  }
}

function sourcesOf(presented: readonly Presented[], query: string): readonly ClaimSource[] {
  return presented.flatMap((each) => (each.query === query ? each.credentials : []))
}

function textOf(query: string, entry: unknown): string {
  if (typeof entry === 'string') return entry
  if (typeof entry === 'object' && entry !== null) return JSON.stringify(entry)
  throw refused('invalid_request', `${query}: expected presentations`)
}
