import { credentialDigest, digestOf, isRegistryError, readCredential, type Receipt } from '#sdk'
import { receiptOf } from '../anchoring/receipt-of.ts'
import type { Context } from '../context.ts'

/** The receipt of a credential that was issued here; undefined for others, and before it is final. */
export async function ownReceipt(context: Context, text: string): Promise<Receipt | undefined> {
  const digest = await digestIn(text)
  const credential = digest && (await context.store.credentials.byDigest(digest))
  return credential && receiptOf(context, credential)
}

/** All tokens have the digest of what stands before the first `~`, whatever their format. */
async function digestIn(text: string): Promise<Uint8Array | undefined> {
  try {
    if (text.startsWith('{')) return digestOf(await readCredential(text))
    return credentialDigest('dc+sd-jwt', text)
  } catch (error) {
    if (isRegistryError(error)) return undefined
    throw error
  }
}
