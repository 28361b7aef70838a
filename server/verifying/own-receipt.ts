import { credentialDigest, isRegistryError, type Receipt } from '#sdk'
import { receiptOf } from '../anchoring/receipt-of.ts'
import type { Context } from '../context.ts'

/** The receipt of a credential that was issued here; undefined for others, and before it is final. */
export async function ownReceipt(context: Context, text: string): Promise<Receipt | undefined> {
  const digest = digestOf(text)
  const credential = digest && (await context.store.credentials.byDigest(digest))
  return credential && receiptOf(context, credential)
}

/** All tokens have the digest of what stands before the first `~`, whatever their format. */
function digestOf(text: string): Uint8Array | undefined {
  try {
    return credentialDigest('dc+sd-jwt', text)
  } catch (error) {
    if (isRegistryError(error)) return undefined
    throw error
  }
}
