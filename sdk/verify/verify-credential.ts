/**
 * One credential's way through all checks.
 *
 * @module
 */
import { issuerIdOf } from '../chain/issuer-id.ts'
import { embeddedCredentials } from '../model/embedded-credentials.ts'
import type { Policy } from '../model/policy.ts'
import type { Hash, Seconds } from '../model/primitives.ts'
import type { AnchoredCredential } from '../model/receipt.ts'
import { checkNames, type Check, type CheckName, type Report } from '../model/report.ts'
import type { ChainLooks } from './chains.ts'
import { answer } from './check.ts'
import { checkDecode, decodedCheck } from './checks/decode.ts'
import { checkEmbedded } from './checks/embedded.ts'
import { checkFormat } from './checks/format.ts'
import { checkHolder, type Presenter } from './checks/holder.ts'
import { checkSchema } from './checks/schema.ts'
import { checkStatus } from './checks/status.ts'
import { checkValidity } from './checks/validity.ts'
import type { KeyFinding, KeySources } from './find-issuer-key.ts'
import { findSigningKey, type SigningKey } from './find-signing-key.ts'
import { claimsRegistry, isForeign, judgeForeign } from './foreign.ts'
import { guard, internal } from './guard.ts'
import { judgeTrust, type TrustJudgement } from './judge-trust.ts'
import type { CredentialInput } from './read-credential-input.ts'
import type { KnownSchemas } from './schemas.ts'
import type { ReadList, StatusListReader } from './status-list-reader.ts'
import { findListKey } from './find-list-key.ts'
import { verdictOf } from './verdict.ts'
import type { Verification } from './verification.ts'

/** What all verifications of one verifier share. */
export interface VerifierParts extends KeySources {
  readonly policy: Policy
  /** Looks at the policy's chains as they are now. */
  readonly look: () => Promise<ChainLooks>
  /** `undefined`: status lists are not fetched. */
  readonly statusLists: StatusListReader | undefined
  /** JSON schemas that credentials may name. */
  readonly schemas: KnownSchemas | undefined
  readonly now: () => Seconds
}

/**
 * Asks every question about a credential that can be asked (DESIGN section 5), so that the report says
 * everything. What cannot be read ends it.
 *
 * @param presenter - Who presented it, if somebody did.
 */
export async function verifyCredential(
  parts: VerifierParts,
  input: string | AnchoredCredential,
  presenter?: Presenter,
): Promise<Report> {
  const verifiedAt = parts.now()
  try {
    const reading = checkDecode(input)
    const decoding = reading instanceof Promise ? await reading : reading
    if ('refused' in decoding) return refusedReport(decoding.refused, verifiedAt)
    return await runChecks(parts, decoding, presenter, verifiedAt)
  } catch (error) {
    // Checks answer for their own errors; whatever is left must not come out as a verdict.
    return refusedReport(internal('decode', error), verifiedAt)
  }
}

/** The report of something that could not be read: none of `names` beyond `decode` was asked. */
export function refusedReport(
  refused: Check,
  verifiedAt: Seconds,
  names: readonly CheckName[] = checkNames,
): Report {
  const later = names.filter((name) => name !== 'decode')
  const checks = [refused, ...later.map((name) => answer(name, 'NOT_REACHED', {}))]
  return { verdict: verdictOf(checks), checks, verifiedAt }
}

async function runChecks(
  parts: VerifierParts,
  { decoded, receipt }: CredentialInput,
  presenter: Presenter | undefined,
  now: Seconds,
): Promise<Report> {
  const { policy, statusLists, schemas } = parts
  const { issuer, format } = decoded
  const looks = await parts.look()
  const isForeign = claimsRegistry(decoded) ? false : await isFromElsewhere(decoded, looks)
  const { key, signature } = await findKey(parts, { decoded, receipt }, isForeign)
  const verification = {
    ...{ policy, now, decoded, receipt, looks, isForeign, schemas },
    issuerId: issuerIdOf(issuer),
  }
  const judgement: TrustJudgement = isForeign
    ? { checks: await judgeForeign(verification) }
    : await judgeTrust(verification, thumbprintOf(key))
  const { judgedAt, account, checks: trust } = judgement
  const ownLists = statusLists?.readerFor(verification, (list) =>
    findListKey(verification, key, list, parts),
  )
  const isGood = isTrusted(signature, trust)
  const readList = isGood ? ownLists : ownLists && dontRead
  const fetchDocument = isGood ? parts.fetchDocument : undefined
  const checks = await inTheirOrder([
    decodedCheck,
    guard('format', () => checkFormat(verification, signature.status === 'passed')),
    signature,
    guard('validity', () => checkValidity(verification)),
    ...trust,
    guard('status', () => checkStatus(verification, readList, fetchDocument)),
    guard('holder', () => checkHolder(verification, presenter)),
    guard('schema', () => checkContent(verification, parts, isGood)),
  ])
  return {
    verdict: verdictOf(checks),
    checks,
    verifiedAt: now,
    format,
    issuer,
    ...(judgedAt !== undefined && { judgedAt }),
    ...(account !== undefined && { issuerAccount: account }),
  }
}

/** Most checks answer at once; those that do not are waited for one after the other. */
async function inTheirOrder(checking: readonly (Check | Promise<Check>)[]): Promise<Check[]> {
  const checks: Check[] = []
  for (const each of checking) checks.push(each instanceof Promise ? await each : each)
  return checks
}

/** Its own content, and if that is good, what is inside it. */
function checkContent(
  verification: Verification,
  sources: KeySources,
  isGood: boolean,
): Check | Promise<Check> {
  const content = checkSchema(verification)
  const isBare = embeddedCredentials(verification.decoded.credential).length === 0
  if (!isGood || isBare || content.status === 'failed') return content
  return checkEmbedded(verification, sources).then((check) => check ?? content)
}

async function isFromElsewhere(
  decoded: CredentialInput['decoded'],
  looks: ChainLooks,
): Promise<boolean> {
  const issuerId = issuerIdOf(decoded.issuer)
  // What goes wrong here goes wrong again where the checks answer for it.
  return isForeign({ decoded, issuerId, looks }).catch(() => false)
}

/**
 * The receipt's key is one of whoever wrote the receipt until a chain says whose it is: for what may be
 * from elsewhere, that is found out first.
 */
function findKey(
  parts: VerifierParts,
  { decoded, receipt }: CredentialInput,
  isForeign: boolean,
): SigningKey | Promise<SigningKey> {
  const isOffered = parts.policy.chains.length > 0 && !isForeign
  try {
    const finding = findSigningKey(decoded, isOffered ? receipt?.issuerKey : undefined, parts)
    return finding instanceof Promise ? finding.catch(unknownKey) : finding
  } catch (error) {
    return unknownKey(error)
  }
}

/** A stranger who writes a credential writes the addresses of its lists, too: those are not for us to ask. */
function isTrusted({ status }: Check, trust: readonly Check[]): boolean {
  return status === 'passed' && trust.every((check) => check.status !== 'failed')
}

const dontRead: ReadList = () =>
  Promise.resolve({ kind: 'unreachable', reason: 'nothing is fetched for what is not trusted' })

/** An unexpected error leaves the signature undecided. */
function unknownKey(error: unknown): SigningKey {
  const signature = internal('signature', error)
  return { key: { missing: signature }, signature }
}

function thumbprintOf(key: KeyFinding): Hash | undefined {
  return 'missing' in key ? undefined : key.thumbprint
}
