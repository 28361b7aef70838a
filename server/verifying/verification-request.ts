/**
 * What is handed in for verification (VCALM, section 3.5), and how it is taken out of its wrapping.
 *
 * @module
 */
import { credentialsV2, openEnvelope, Receipt, RegistryError } from '#sdk'
import * as z from 'zod/mini'
import { DecidingChecks } from './deciding-checks.ts'

const Secured = z.union([z.string().check(z.minLength(1)), z.looseObject({})])
const isWanted = z.optional(z.boolean())
/** Beyond VCALM: what decides, and then the HTTP status tells. Without it, every check does. */
const checks = z.optional(DecidingChecks)

/**
 * Body of `POST /credentials/verify`. Closed, except for the credential: one with its proof in it, an
 * envelope, or (beyond VCALM) the bare token.
 */
export const VerifyCredentialRequest = z.strictObject({
  verifiableCredential: Secured,
  options: z.optional(
    z.strictObject({
      /** Add the report, check by check, as `report`. */
      returnResults: isWanted,
      /** Say what is wrong; the default. */
      returnProblemDetails: isWanted,
      /** Give the credential back as it was handed in. */
      returnCredential: isWanted,
      /** Beyond VCALM. Of a credential that was issued here, the server finds the receipt itself. */
      receipt: z.optional(Receipt),
      checks,
    }),
  ),
})
export type VerifyCredentialRequest = z.infer<typeof VerifyCredentialRequest>

const expected = z.optional(z.string().check(z.minLength(1), z.maxLength(2048)))

/**
 * Body of `POST /presentations/verify`. Closed, except for the presentation: secured by its proof or in an
 * envelope, or (`presentation`) signed by nobody.
 */
export const VerifyPresentationRequest = z
  .strictObject({
    verifiablePresentation: z.optional(Secured),
    presentation: z.optional(z.looseObject({})),
    options: z.optional(
      z.strictObject({
        /** What the holder was asked to sign. Without it the holder counts as not proven. */
        challenge: expected,
        /** For whom the presentation must be made. */
        domain: expected,
        /** Give the presentation back as it was handed in. */
        returnPresentation: isWanted,
        /** Beyond VCALM: add the reports, check by check, as `report`. */
        returnResults: isWanted,
        /** Beyond VCALM: receipts of the credentials inside, in any order. */
        receipts: z.optional(z.array(Receipt).check(z.maxLength(100))),
        checks,
      }),
    ),
  })
  .check(
    z.refine(
      ({ verifiablePresentation, presentation }) =>
        (verifiablePresentation === undefined) !== (presentation === undefined),
      { error: 'expected it, or presentation', path: ['verifiablePresentation'] },
    ),
    z.refine(
      ({ presentation, options: { challenge, domain } = {} }) =>
        presentation === undefined || (challenge === undefined && domain === undefined),
      { error: 'nobody signed an answer', path: ['presentation'] },
    ),
  )
export type VerifyPresentationRequest = z.infer<typeof VerifyPresentationRequest>

/**
 * The text to verify: a token, the token in an envelope of `type` (VCDM 2.0 section 4.13), or the JSON of
 * what has its proof in it. Throws INPUT_INVALID for what is none of them.
 */
export function securedText(
  member: string,
  secured: z.infer<typeof Secured>,
  type: 'EnvelopedVerifiableCredential' | 'EnvelopedVerifiablePresentation',
): string {
  if (typeof secured === 'string') return secured
  if ('proof' in secured) return JSON.stringify(secured)
  if (![secured['type']].flat().includes(type)) {
    throw invalid(`${member}.type: expected ${type}, or a proof`)
  }
  if (![secured['@context']].flat().includes(credentialsV2)) {
    throw invalid(`${member}.@context: expected ${credentialsV2}`)
  }
  const { id } = secured
  const text = typeof id === 'string' ? openEnvelope(id) : undefined
  if (text !== undefined) return text
  throw invalid(`${member}.id: expected data:application/vc+jwt, and a token, or the like`)
}

function invalid(problem: string): RegistryError<'INPUT_INVALID'> {
  return new RegistryError('INPUT_INVALID', { input: 'request', problems: [problem] })
}
