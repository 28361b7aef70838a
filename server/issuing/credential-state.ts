import type { Receipt, StatusPurpose } from '#sdk'
import { anchoringOf, type Anchoring } from '../anchoring/anchoring-state.ts'
import { receiptOf } from '../anchoring/receipt-of.ts'
import type { Context } from '../context.ts'
import { findByLocator } from './find-award.ts'

/** How far a credential has come, and what is wanted of it. */
export interface CredentialState extends Anchoring {
  status: Record<StatusPurpose, boolean>
}

/** Where the credential of a locator stands; throws CREDENTIAL_UNKNOWN. */
export async function credentialState(context: Context, locator: string): Promise<CredentialState> {
  const credential = await findByLocator(context, locator)
  const [anchoring, status] = await Promise.all([
    anchoringOf(context, credential),
    context.store.statuses.wanted(credential.issuer, credential),
  ])
  return { ...anchoring, status }
}

/** The receipt of the credential of a locator, or how far it has come towards one. Throws CREDENTIAL_UNKNOWN. */
export async function credentialReceipt(
  context: Context,
  locator: string,
): Promise<{ receipt: Receipt } | { receipt: undefined; anchoring: Anchoring }> {
  const credential = await findByLocator(context, locator)
  const receipt = await receiptOf(context, credential)
  if (receipt !== undefined) return { receipt }
  return { receipt, anchoring: await anchoringOf(context, credential) }
}
