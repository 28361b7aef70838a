import { makeBundle } from '#sdk'
import type { Anchoring } from '../anchoring/anchoring-state.ts'
import type { Context } from '../context.ts'
import { credentialReceipt } from '../issuing/credential-state.ts'
import { findByLocator } from '../issuing/find-award.ts'
import { vouchFor } from './checkpoint.ts'

/**
 * The bundle of the credential of a locator, over all chains of this server as they are now; or how far the credential
 * has come towards a receipt. Throws CREDENTIAL_UNKNOWN, CHAIN_UNREACHABLE.
 */
export async function credentialBundle(
  context: Context,
  locator: string,
): Promise<{ bundle: string } | { bundle: undefined; anchoring: Anchoring }> {
  const found = await credentialReceipt(context, locator)
  if (found.receipt === undefined) return { bundle: undefined, anchoring: found.anchoring }
  const { text: credential } = await findByLocator(context, locator)
  const chains = await Promise.all(
    context.chains.map(async (chain) => {
      const { pin, ask } = chain
      const view = await chain.recent.view()
      const checkpoint = await vouchFor(context, chain, view.block)
      return { pin, ask, view, ...(checkpoint !== undefined && { checkpoint }) }
    }),
  )
  return { bundle: await makeBundle({ credential, receipt: found.receipt }, chains) }
}
