/**
 * Are the credentials inside it genuine, too: endorsements, and the badges of a learner record?
 *
 * @module
 */
import type { DecodedCredential } from '../../formats/decoded.ts'
import { openEnvelope } from '../../formats/envelope.ts'
import { readCredential } from '../../formats/read.ts'
import { isJsonObject } from '../../lib/json.ts'
import {
  embeddedCredentials,
  idsIn,
  maxEmbedded,
  type EmbeddedCredential,
} from '../../model/embedded-credentials.ts'
import type { Check } from '../../model/report.ts'
import { answer } from '../check.ts'
import type { KeySources } from '../find-issuer-key.ts'
import { findSigningKey } from '../find-signing-key.ts'
import type { Verification } from '../verification.ts'
import { refusalCheck } from './decode.ts'
import { checkFormat } from './format.ts'
import { checkSchema } from './schema.ts'
import { checkValidity } from './validity.ts'

/** How deep credentials inside credentials are looked into. */
const MAX_DEPTH = 3

/** How far down a credential stands, and how many more are looked into. */
interface Search {
  readonly depth: number
  readonly budget: { left: number }
}

/**
 * Verifies what is inside: format, signature, validity and content of each, by the issuer's own key. Neither
 * anchor nor accreditation nor status: those are for whoever presents it by itself. An endorsement must be
 * about something in the credential that holds it.
 *
 * @returns The first that is not good, or is deeper than {@link MAX_DEPTH} or more than can be looked into,
 *   which leaves it undecided; `undefined` if all are good, or none is there.
 */
export async function checkEmbedded(
  verification: Verification,
  sources: KeySources,
  search: Search = { depth: 1, budget: { left: maxEmbedded } },
): Promise<Check | undefined> {
  const { credential } = verification.decoded
  const inside = embeddedCredentials(credential)
  if (inside.length === 0) return undefined
  const { depth, budget } = search
  budget.left -= inside.length
  if (depth > MAX_DEPTH || budget.left < 0) {
    const reason = depth > MAX_DEPTH ? 'too deep' : 'too many'
    return undecided(inside[0]?.place ?? '', `${reason} to be looked into`)
  }
  const about = idsIn(credential)
  const found = await Promise.all(
    inside.map((each) => judge(verification, sources, each, about, search)),
  )
  const checks = found.filter((check) => check !== undefined)
  return checks.find(({ status }) => status === 'failed') ?? checks[0]
}

async function judge(
  verification: Verification,
  sources: KeySources,
  { place, kind, content }: EmbeddedCredential,
  about: ReadonlySet<string>,
  search: Search,
): Promise<Check | undefined> {
  const decoded = await read(content)
  if ('status' in decoded) return reportOf(place, decoded)
  const problem = kind === 'endorsement' ? misplaced(decoded, about) : undefined
  if (problem !== undefined) return answer('schema', 'EMBEDDED_INVALID', { place, reason: problem })
  const inner = { ...verification, decoded, receipt: undefined }
  const { signature } = await findSigningKey(decoded, undefined, sources)
  const isSigned = signature.status === 'passed'
  const checks = [
    signature,
    await checkFormat(inner, isSigned),
    checkValidity(inner),
    checkSchema(inner),
  ]
  const bad =
    checks.find(({ status }) => status === 'failed') ??
    checks.find(({ status }) => status === 'undecided')
  if (bad !== undefined) return reportOf(place, bad)
  const deeper = await checkEmbedded(inner, sources, { ...search, depth: search.depth + 1 })
  return deeper === undefined ? undefined : reportOf(place, deeper)
}

async function read(content: unknown): Promise<DecodedCredential | Check> {
  try {
    return await readCredential(textOf(content))
  } catch (error) {
    return refusalCheck(error)
  }
}

/** A token, one in an envelope (VCDM 2.0 section 4.13.1), or JSON with a proof. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  const isEnvelope = isJsonObject(content) && content['type'] === 'EnvelopedVerifiableCredential'
  const id = isEnvelope ? content['id'] : undefined
  const token = typeof id === 'string' ? openEnvelope(id) : undefined
  return token ?? JSON.stringify(content)
}

/** Open Badges 3.0, EndorsementCredential. */
function misplaced(
  { credential: { type, credentialSubject } }: DecodedCredential,
  about: ReadonlySet<string>,
): string | undefined {
  if (!type.includes('EndorsementCredential')) return 'it is no EndorsementCredential'
  const isElsewhere = credentialSubject.some(({ id }) => id === undefined || !about.has(id))
  return isElsewhere ? 'it endorses something else' : undefined
}

function reportOf(place: string, { status, code, facts }: Check): Check {
  const inner = facts['place']
  const { reason } = facts
  const at = typeof inner === 'string' ? `${place}.${inner}` : place
  const why = typeof inner === 'string' && typeof reason === 'string' ? reason : code
  return status === 'failed'
    ? answer('schema', 'EMBEDDED_INVALID', { place: at, reason: why })
    : undecided(at, why)
}

function undecided(place: string, reason: string): Check {
  return answer('schema', 'EMBEDDED_UNDECIDED', { place, reason })
}
