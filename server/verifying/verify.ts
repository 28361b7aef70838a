import {
  credentialsPresented,
  isRegistryError,
  readPresentation,
  RegistryError,
  type Language,
  type PresentationReport,
  type Receipt,
  type Report,
  worstVerdict,
} from '#sdk'
import type { Context } from '../context.ts'
import { decidingReport } from './deciding-checks.ts'
import { ownReceipt } from './own-receipt.ts'
import { problemsOf, type ProblemDetails } from './problem-details.ts'
import {
  securedText,
  type VerifyCredentialRequest,
  type VerifyPresentationRequest,
} from './verification-request.ts'

/** `VerificationResult` of VCALM. `report` is ours: every check with its evidence. */
export interface VerificationResult {
  /** Only what is `valid`; an answer that could not be had is none. */
  verified: boolean
  problemDetails?: readonly ProblemDetails[]
  verifiableCredential?: unknown
  verifiablePresentation?: unknown
  results?: PresentationResults
  report?: Report | AnyPresentationReport
}

interface PresentationResults {
  presentation: {
    challenge?: { verified: boolean; input: string }
    domain?: { verified: boolean; input: string }
    holder?: { verified: boolean; input: string }
    proof: readonly { verified: boolean; problemDetails: readonly ProblemDetails[] }[]
  }
  credentials: readonly { verified: boolean; problemDetails: readonly ProblemDetails[] }[]
}

/** Verifies one credential under the server's policy. Throws INPUT_INVALID, TOKEN_INVALID. */
export async function verifyCredential(
  context: Context,
  { verifiableCredential, options = {} }: VerifyCredentialRequest,
  language: Language,
): Promise<VerificationResult> {
  const credential = securedText(
    'verifiableCredential',
    verifiableCredential,
    'EnvelopedVerifiableCredential',
  )
  const receipt = options.receipt ?? (await ownReceipt(context, credential))
  const report = await context.verifier.verifyCredential(
    receipt === undefined ? credential : { credential, receipt },
  )
  requireReadable(verifiableCredential, report)
  const deciding = decidingReport(report, options.checks, 'credential')
  return {
    verified: deciding.verdict === 'valid',
    ...(options.returnProblemDetails !== false && {
      problemDetails: problemsOf(deciding, language),
    }),
    ...(options.returnCredential === true && { verifiableCredential }),
    ...(options.returnResults === true && { report }),
  }
}

/** Verifies a presentation and every credential in it. Throws INPUT_INVALID, TOKEN_INVALID. */
export async function verifyPresentation(
  context: Context,
  { verifiablePresentation, presentation, options = {} }: VerifyPresentationRequest,
  language: Language,
): Promise<VerificationResult> {
  const report =
    verifiablePresentation === undefined
      ? await verifyUnsigned(context, presentation, options)
      : await verifySigned(context, verifiablePresentation, options)
  const { checks, challenge, domain } = options
  const own = report.presentation && decidingReport(report.presentation, checks, 'presentation')
  const credentials = report.credentials.map((each) => decidingReport(each, checks, 'credential'))
  const all = own === undefined ? credentials : [own, ...credentials]
  const deciding = { ...report, presentation: own, credentials }
  return {
    verified: worstVerdict(all.map(({ verdict }) => verdict)) === 'valid',
    problemDetails: own === undefined ? [] : problemsOf(own, language),
    results: resultsOf(deciding, challenge, domain, language),
    ...(options.returnPresentation === true && {
      verifiablePresentation: verifiablePresentation ?? presentation,
    }),
    ...(options.returnResults === true && { report }),
  }
}

type PresentationOptions = NonNullable<VerifyPresentationRequest['options']>
type Secured = NonNullable<VerifyPresentationRequest['verifiablePresentation']>
/** The report of a presentation that nobody signed has nothing to say about the presentation. */
type AnyPresentationReport = Omit<PresentationReport, 'presentation'> & {
  presentation?: Report | undefined
}

async function verifySigned(
  context: Context,
  secured: Secured,
  { challenge, domain, receipts = [] }: PresentationOptions,
): Promise<AnyPresentationReport> {
  const presentation = securedText(
    'verifiablePresentation',
    secured,
    'EnvelopedVerifiablePresentation',
  )
  const own = await ownReceipts(context, await presented(presentation))
  const report = await context.verifier.verifyPresentation({
    presentation,
    ...(challenge !== undefined && { challenge }),
    ...(domain !== undefined && { domain }),
    receipts: [...receipts, ...own.filter((receipt): receipt is Receipt => receipt !== undefined)],
  })
  requireReadable(secured, report.presentation)
  return report
}

/**
 * What has its proof in it is a part of the request: where it cannot be read, the request cannot (VCALM
 * section 3.8, 400). What a token or an envelope holds is a finding about it.
 */
function requireReadable(secured: unknown, { checks }: Report): void {
  const isEmbedded = typeof secured === 'object' && secured !== null && 'proof' in secured
  const decode = checks.find(({ name }) => name === 'decode')
  if (!isEmbedded || decode === undefined || decode.status === 'passed') return
  const { code, facts } = decode
  throw new RegistryError('TOKEN_INVALID', { code, reason: String(facts['reason'] ?? code) })
}

/** Each credential counts for itself; who presents them is not asked. */
async function verifyUnsigned(
  context: Context,
  presentation: unknown,
  { receipts = [] }: PresentationOptions,
): Promise<AnyPresentationReport> {
  const texts = credentialsPresented(presentation)
  const own = await ownReceipts(context, texts)
  const credentials = await Promise.all(
    texts.map((credential, i) => {
      const receipt = own[i] ?? receipts[i]
      return context.verifier.verifyCredential(
        receipt === undefined ? credential : { credential, receipt },
      )
    }),
  )
  return { verdict: worstVerdict(credentials.map(({ verdict }) => verdict)), credentials }
}

function ownReceipts(
  context: Context,
  texts: readonly string[],
): Promise<readonly (Receipt | undefined)[]> {
  return Promise.all(texts.map((text) => ownReceipt(context, text)))
}

/** The credentials inside; none if the presentation cannot be read, which the verifier will say. */
async function presented(presentation: string): Promise<readonly string[]> {
  try {
    return (await readPresentation(presentation)).credentials
  } catch (error) {
    if (isRegistryError(error)) return []
    throw error
  }
}

function resultsOf(
  { holder, presentation, credentials }: AnyPresentationReport,
  challenge: string | undefined,
  domain: string | undefined,
  language: Language,
): PresentationResults {
  const codes = new Set(presentation?.checks.map(({ code }) => code))
  const isRead = codes.has('DECODED')
  const isSigned = codes.has('SIGNATURE_VALID')
  const isAnswered = codes.has('REQUEST_ANSWERED')
  const isForUs = isRead && !codes.has('DOMAIN_MISMATCH')
  const resultOf = (report: Report) => ({
    verified: report.verdict === 'valid',
    problemDetails: problemsOf(report, language),
  })
  return {
    presentation: {
      ...(challenge !== undefined && { challenge: { verified: isAnswered, input: challenge } }),
      ...(domain !== undefined && { domain: { verified: isForUs, input: domain } }),
      ...(holder !== undefined && { holder: { verified: isSigned, input: holder } }),
      proof: presentation === undefined ? [] : [resultOf(presentation)],
    },
    credentials: credentials.map(resultOf),
  }
}
