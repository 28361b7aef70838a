import {
  decodePresentation,
  isRegistryError,
  type Language,
  type PresentationReport,
  type Receipt,
  type Report,
} from '#sdk'
import type { Context } from '../context.ts'
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
  report?: Report | PresentationReport
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

/** Verifies one credential under the server's policy. Throws INPUT_INVALID. */
export async function verifyCredential(
  context: Context,
  { verifiableCredential, options = {} }: VerifyCredentialRequest,
  language: Language,
): Promise<VerificationResult> {
  const credential = securedText('verifiableCredential', verifiableCredential)
  const receipt = options.receipt ?? (await ownReceipt(context, credential))
  const report = await context.verifier.verifyCredential(
    receipt === undefined ? credential : { credential, receipt },
  )
  return {
    verified: report.verdict === 'valid',
    ...(options.returnProblemDetails !== false && {
      problemDetails: problemsOf(report, language),
    }),
    ...(options.returnCredential === true && { verifiableCredential }),
    ...(options.returnResults === true && { report }),
  }
}

/** Verifies a presentation and every credential in it. Throws INPUT_INVALID. */
export async function verifyPresentation(
  context: Context,
  { verifiablePresentation, options = {} }: VerifyPresentationRequest,
  language: Language,
): Promise<VerificationResult> {
  const { challenge, domain, receipts = [] } = options
  const presentation = securedText('verifiablePresentation', verifiablePresentation)
  const own = await Promise.all(
    presented(presentation).map((credential) => ownReceipt(context, credential)),
  )
  const report = await context.verifier.verifyPresentation({
    presentation,
    ...(challenge !== undefined && { challenge }),
    ...(domain !== undefined && { domain }),
    receipts: [...receipts, ...own.filter((receipt): receipt is Receipt => receipt !== undefined)],
  })
  return {
    verified: report.verdict === 'valid',
    problemDetails: problemsOf(report.presentation, language),
    results: resultsOf(report, challenge, domain, language),
    ...(options.returnPresentation === true && { verifiablePresentation }),
    ...(options.returnResults === true && { report }),
  }
}

/** The credentials inside; none if the presentation cannot be read, which the verifier will say. */
function presented(presentation: string): readonly string[] {
  try {
    return decodePresentation(presentation).credentials
  } catch (error) {
    if (isRegistryError(error)) return []
    throw error
  }
}

function resultsOf(
  { holder, presentation, credentials }: PresentationReport,
  challenge: string | undefined,
  domain: string | undefined,
  language: Language,
): PresentationResults {
  const codes = new Set(presentation.checks.map(({ code }) => code))
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
      proof: [resultOf(presentation)],
    },
    credentials: credentials.map(resultOf),
  }
}
