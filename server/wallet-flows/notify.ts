import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { OfConfiguration } from './deferred-credential.ts'
import { changeProgress, type OpenIssuance } from './issuance.ts'
import { refused } from './refused.ts'

/** What a wallet says of credentials that it got (OpenID4VCI 1.0 section 11.1). */
export const Notification = z.looseObject({
  notification_id: z.string(),
  event: z.enum(['credential_accepted', 'credential_failure', 'credential_deleted']),
  event_description: z.optional(
    z.string().check(z.maxLength(1024), z.regex(/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/)),
  ),
})
export type Notification = z.infer<typeof Notification>

/** Notes what became of credentials; the same again changes nothing. Throws PROTOCOL_REFUSED. */
export async function noteNotification(
  context: Context,
  { flow }: OpenIssuance,
  { notification_id: id, event }: Notification,
): Promise<void> {
  const found = await context.store.flows.bySecret('notification', id)
  const detail = OfConfiguration.safeParse(found?.detail)
  if (found?.flow.id !== flow.id || !detail.success) {
    throw refused('invalid_notification_id', 'it is wrong or expired')
  }
  await changeProgress(context, flow.id, detail.data.configuration, (now) => ({ ...now, event }))
}
