import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { issuanceOf, type OpenIssuance } from './issuance.ts'
import { issuedAnswer } from './issued-answer.ts'
import { refused } from './refused.ts'
import { askAgainSeconds, type CredentialAnswer } from './request-credential.ts'

/** What a wallet asks for later (OpenID4VCI 1.0 section 9.1). */
export const DeferredRequest = z.looseObject({ transaction_id: z.string() })
export type DeferredRequest = z.infer<typeof DeferredRequest>

/** What belongs to a transaction or a notification. */
export const OfConfiguration = z.object({ configuration: z.string() })

/**
 * What was promised, once; or the promise again. Throws PROTOCOL_REFUSED: `invalid_transaction_id`,
 * `credential_request_denied`.
 */
export async function deferredCredential(
  context: Context,
  { flow: accessed }: OpenIssuance,
  { transaction_id: transaction }: DeferredRequest,
): Promise<CredentialAnswer> {
  const { flows } = context.store
  const found = await flows.bySecret('transaction', transaction)
  const detail = OfConfiguration.safeParse(found?.detail)
  if (found?.flow.id !== accessed.id || !detail.success) throw unknown()
  const { flow, issuance } = issuanceOf(found.flow)
  const { configuration } = detail.data
  const { state, locators } = issuance.configurations[configuration] ?? { state: 'open' }
  if (issuance.approval === 'refused') {
    throw refused('credential_request_denied', 'the issuer decided not to issue it')
  }
  if (state !== 'issued' || locators === undefined) {
    return { transaction_id: transaction, interval: askAgainSeconds }
  }
  // First the answer: what fails on the way to it may be asked for again.
  const answer = await issuedAnswer(context, flow, configuration, locators)
  if ((await flows.take('transaction', transaction)) === undefined) throw unknown()
  return answer
}

function unknown() {
  return refused('invalid_transaction_id', 'it is wrong, used or expired')
}
