import { parse, type Language } from '#sdk'
import type { Request } from 'express'
import type { Context } from '../../context.ts'
import {
  VerifyCredentialRequest,
  VerifyPresentationRequest,
} from '../../verifying/verification-request.ts'
import {
  verifyCredential,
  verifyPresentation,
  type VerificationResult,
} from '../../verifying/verify.ts'
import { CredentialVerificationAnswer, PresentationVerificationAnswer } from '../answers.ts'
import type { Route } from '../route.ts'

/** A hundred credentials of some kilobytes with their receipts. */
const limitBytes = 2_097_152

/** Verifying under the server's own policy (VCALM section 3.5). */
export function verificationRoutes(context: Context): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/credentials/verify',
      caller: 'public',
      name: 'verifyCredential',
      summary: 'Verifies a credential. Problems are told in French if the caller prefers it.',
      body: { schema: VerifyCredentialRequest, limitBytes },
      answers: {
        200: { description: 'What was found.', schema: CredentialVerificationAnswer },
        400: {
          description: 'One of options.checks did not pass.',
          schema: CredentialVerificationAnswer,
        },
      },
      errors: ['TOKEN_INVALID'],
      async handle(request, response) {
        const asked = parse(VerifyCredentialRequest, request.body, 'request')
        const result = await verifyCredential(context, asked, languageOf(request))
        response.status(statusOf(asked, result)).json(result)
      },
    },
    {
      method: 'post',
      path: '/presentations/verify',
      caller: 'public',
      name: 'verifyPresentation',
      summary: 'Verifies a presentation and every credential in it.',
      body: { schema: VerifyPresentationRequest, limitBytes },
      answers: {
        200: { description: 'What was found.', schema: PresentationVerificationAnswer },
        400: {
          description: 'One of options.checks did not pass.',
          schema: PresentationVerificationAnswer,
        },
      },
      errors: ['TOKEN_INVALID'],
      async handle(request, response) {
        const asked = parse(VerifyPresentationRequest, request.body, 'request')
        const result = await verifyPresentation(context, asked, languageOf(request))
        response.status(statusOf(asked, result)).json(result)
      },
    },
  ]
}

/** 200 says that the verification was completed; where the caller names checks, that they passed. */
function statusOf(
  { options }: { options?: { checks?: readonly string[] | undefined } | undefined },
  { verified }: VerificationResult,
): number {
  return verified || options?.checks === undefined ? 200 : 400
}

function languageOf(request: Request): Language {
  return request.acceptsLanguages('en', 'fr') === 'fr' ? 'fr' : 'en'
}
