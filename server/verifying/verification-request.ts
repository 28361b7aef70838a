/**
 * What is handed in for verification (VCALM, section 3.5), and how it is taken out of its wrapping.
 *
 * @module
 */
import { openEnvelope, Receipt, RegistryError } from '#sdk'
import * as z from 'zod/mini'

const Secured = z.union([z.string().check(z.minLength(1)), z.looseObject({})])
const isWanted = z.optional(z.boolean())

/**
 * Body of `POST /credentials/verify`. Closed, except for the credential: an envelope, an object with a
 * `proof`, or (beyond VCALM) the bare token.
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
    }),
  ),
})
export type VerifyCredentialRequest = z.infer<typeof VerifyCredentialRequest>

const expected = z.optional(z.string().check(z.minLength(1), z.maxLength(2048)))

/** Body of `POST /presentations/verify`. Closed, except for the presentation. */
export const VerifyPresentationRequest = z.strictObject({
  verifiablePresentation: Secured,
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
    }),
  ),
})
export type VerifyPresentationRequest = z.infer<typeof VerifyPresentationRequest>

/**
 * The text to verify: a token, the token in an envelope, or an object with a proof as JSON.
 * Throws INPUT_INVALID for an envelope that holds none.
 */
export function securedText(member: string, secured: z.infer<typeof Secured>): string {
  if (typeof secured === 'string') return secured
  const { type, id } = secured
  const types: readonly unknown[] = Array.isArray(type) ? type : [type]
  if (!types.some((name) => typeof name === 'string' && name.startsWith('Enveloped'))) {
    return JSON.stringify(secured)
  }
  const text = typeof id === 'string' ? openEnvelope(id) : undefined
  if (text !== undefined) return text
  const problems = [`${member}.id: expected data:application/vc+jwt, and a token, or the like`]
  throw new RegistryError('INPUT_INVALID', { input: 'request', problems })
}
