/**
 * A presentation's way through its checks, and that of each credential in it.
 *
 * @module
 */
import { importVerifyKey } from '#crypto'
import { commitmentOf, credentialDigest, digestOf } from '../anchor/commitment.ts'
import { commitmentRoot } from '../anchor/receipt.ts'
import { jwkThumbprint } from '../crypto/thumbprint.ts'
import { findVerificationKey } from '../did/resolver.ts'
import type { DecodedPresentation } from '../formats/presentation.ts'
import { readCredential, readPresentation } from '../formats/read.ts'
import { memo } from '../lib/memo.ts'
import { Format } from '../model/format.ts'
import type { Did, Seconds } from '../model/primitives.ts'
import type { Receipt } from '../model/receipt.ts'
import { checkNames, type Check, type Report, type Verdict } from '../model/report.ts'
import { answer } from './check.ts'
import { decodedCheck, refusalCheck } from './checks/decode.ts'
import { checkSignature } from './checks/signature.ts'
import { missingKey, type KeyFinding } from './find-issuer-key.ts'
import { guard, internal } from './guard.ts'
import { verdictOf, worstVerdict } from './verdict.ts'
import { refusedReport, verifyCredential, type VerifierParts } from './verify-credential.ts'

/** What was presented, and what it must answer. */
export interface PresentationInput {
  /** A token (`vp+jwt`, `jwt_vp_json`, an SD-JWT with key binding), or the JSON of an `ldp_vp`. */
  presentation: string
  /**
   * What the verifier sent (`nonce`, or `challenge` of a proof). Without it nobody can tell a
   * presentation from its copy, so the holder counts as not proven.
   */
  challenge?: string
  /** Who the verifier is (`aud`, or `domain` of a proof). */
  domain?: string
  /** Receipts of the credentials inside, in any order. */
  receipts?: readonly Receipt[]
}

/** What verifying a presentation found. */
export interface PresentationReport {
  /** Invalid if the presentation or one of its credentials is; else undecided if one is; else valid. */
  verdict: Verdict
  /** Who presented; not proven unless the presentation's own verdict is valid. */
  holder?: Did
  /** The checks of the presentation itself: decode, format, signature, validity, holder. */
  presentation: Report
  /** One for each credential inside, in their order. */
  credentials: readonly Report[]
}

/** The questions that are asked about the presentation itself. */
const presentationChecks = ['decode', 'format', 'signature', 'validity', 'holder'] as const

/**
 * Verifies a presentation under the holder's own DID, then its credentials; those of an invalid one are
 * not looked at.
 */
export async function verifyPresentation(
  parts: VerifierParts,
  input: PresentationInput,
): Promise<PresentationReport> {
  const verifiedAt = parts.now()
  let decoded: DecodedPresentation
  try {
    const reading = readPresentation(input.presentation)
    decoded = reading instanceof Promise ? await reading : reading
  } catch (error) {
    const presentation = refusedReport(refusal(error), verifiedAt, presentationChecks)
    return { verdict: presentation.verdict, presentation, credentials: [] }
  }
  const { holder } = decoded
  const presentation = await checkPresentation(parts, decoded, input, verifiedAt)
  if (presentation.verdict === 'invalid') {
    // Whoever wrote it may have written anything into it: not worth a look, let alone a request.
    const credentials = decoded.credentials.map(() => unreadReport(verifiedAt))
    return { verdict: 'invalid', holder, presentation, credentials }
  }
  const isChallenged = input.challenge !== undefined
  const presenter = { holder, verdict: presentation.verdict, isChallenged }
  const credentials = await Promise.all(
    decoded.credentials.map(async (text, index) =>
      verifyCredential(parts, await withReceipt(text, index, input.receipts ?? []), presenter),
    ),
  )
  const verdict = worstVerdict([presentation, ...credentials].map((report) => report.verdict))
  return { verdict, holder, presentation, credentials }
}

/** The report of a credential in a presentation that is invalid. */
function unreadReport(verifiedAt: Seconds): Report {
  const checks = checkNames.map((name) =>
    name === 'holder' ? answer(name, 'PRESENTATION_INVALID', {}) : answer(name, 'NOT_REACHED', {}),
  )
  return { verdict: verdictOf(checks), checks, verifiedAt }
}

async function checkPresentation(
  parts: VerifierParts,
  decoded: DecodedPresentation,
  input: PresentationInput,
  verifiedAt: Seconds,
): Promise<Report> {
  const { holder } = decoded
  const key = await findHolderKey(parts, decoded)
  const checks = [
    decodedCheck,
    await guard('format', () => checkFormat(parts, decoded)),
    await guard('signature', () => checkSignature({ ...decoded, issuer: holder }, key)),
    await guard('validity', () => checkTimes(parts, decoded, verifiedAt)),
    await guard('holder', () => checkRequest(decoded, input)),
  ]
  return { verdict: verdictOf(checks), checks, verifiedAt }
}

/**
 * The holder's key: the one that the credential is bound to, else the one that is listed for
 * `authentication` in the holder's own DID document.
 */
async function findHolderKey(
  { resolver }: VerifierParts,
  { kid, holder, holderKey }: DecodedPresentation,
): Promise<KeyFinding> {
  try {
    const jwk = holderKey ?? (await findVerificationKey(resolver, kid, holder, 'authentication'))
    return { key: importVerifyKey(jwk), thumbprint: jwkThumbprint(jwk) }
  } catch (error) {
    return { missing: await guard('signature', () => missingKey(holder, error)) }
  }
}

function checkFormat({ policy }: VerifierParts, decoded: DecodedPresentation): Check {
  const { format, algorithm } = decoded
  return policy.algorithms.includes(algorithm)
    ? answer('format', 'FORMAT_ACCEPTED', { format, algorithm })
    : answer('format', 'ALGORITHM_NOT_ALLOWED', { reason: algorithm })
}

/** Was it signed already, and is it not too late? */
function checkTimes({ policy }: VerifierParts, decoded: DecodedPresentation, now: Seconds): Check {
  const { signedAt = -Infinity, notBefore = -Infinity, expiresAt = Infinity } = decoded
  const validFrom = Math.max(signedAt, notBefore)
  const skew = policy.clockSkewSeconds
  if (!(now + skew >= validFrom)) return answer('validity', 'NOT_YET_VALID', { validFrom })
  if (!(now - skew < expiresAt)) return answer('validity', 'EXPIRED', { validUntil: expiresAt })
  return answer('validity', 'IN_PERIOD', {})
}

/** Was it made for us, in answer to what we asked? */
function checkRequest(
  { holder, challenge, domains }: DecodedPresentation,
  expected: PresentationInput,
): Check {
  if (expected.domain !== undefined && !domains.includes(expected.domain)) {
    return answer('holder', 'DOMAIN_MISMATCH', { expected: expected.domain })
  }
  if (expected.challenge === undefined) return answer('holder', 'HOLDER_UNCHALLENGED', { holder })
  return challenge === expected.challenge
    ? answer('holder', 'REQUEST_ANSWERED', { holder })
    : answer('holder', 'CHALLENGE_MISMATCH', {})
}

function refusal(error: unknown): Check {
  try {
    return refusalCheck(error)
  } catch (unexpected) {
    return internal('decode', unexpected)
  }
}

/**
 * The credential with the receipt that fits it; if none does, with the one at its place, to say so. The
 * one at its place is tried first, and the text is hashed once, however many receipts there are.
 */
async function withReceipt(text: string, index: number, receipts: readonly Receipt[]) {
  const atPlace = receipts[index]
  if (receipts.length === 0) return text
  const embedded = text.startsWith('{') ? await embeddedDigest(text) : undefined
  const digestFor = memo(
    Format.options.length,
    (format: Format) => embedded ?? credentialDigest(format, text),
  )
  const fits = ({ salt, format, proof, root }: Receipt): boolean => {
    try {
      return commitmentRoot(commitmentOf(salt, format, digestFor(format)), proof) === root
    } catch {
      return false
    }
  }
  const receipt =
    atPlace !== undefined && fits(atPlace) ? atPlace : (receipts.find(fits) ?? atPlace)
  return receipt === undefined ? text : { credential: text, receipt }
}

/** The digest of an `ldp_vc`; none of what cannot be read, which its own report will say. */
async function embeddedDigest(text: string): Promise<Uint8Array | undefined> {
  try {
    return digestOf(await readCredential(text))
  } catch {
    return undefined
  }
}
