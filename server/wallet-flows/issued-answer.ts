import { type Receipt } from '#sdk'
import { receiptOf } from '../anchoring/receipt-of.ts'
import type { Context, Flow } from '../context.ts'
import { findByLocator } from '../issuing/find-award.ts'
import { newSecret } from './secret.ts'

/** A credential response (OpenID4VCI 1.0 section 8.3). `receipt` is ours: where it is final already. */
export interface IssuedAnswer {
  credentials: readonly { credential: unknown; receipt?: Receipt }[]
  notification_id: string
}

/** Hands out what was issued. Until the receipt is final, the credential's own link leads to it. */
export async function issuedAnswer(
  context: Context,
  flow: Flow,
  configuration: string,
  locators: readonly string[],
): Promise<IssuedAnswer> {
  const credentials = await Promise.all(
    locators.map(async (locator) => {
      const stored = await findByLocator(context, locator)
      const receipt = await receiptOf(context, stored)
      const credential: unknown = stored.format === 'ldp_vc' ? JSON.parse(stored.text) : stored.text
      return { credential, ...(receipt !== undefined && { receipt }) }
    }),
  )
  const notification = newSecret()
  await context.store.flows.addSecret(flow.id, {
    purpose: 'notification',
    text: notification,
    expiresAt: flow.expiresAt,
    detail: { configuration },
  })
  return { credentials, notification_id: notification }
}
