import type { Context } from '../context.ts'
import { changeIssuance, findIssuance, type Issuance } from './issuance.ts'
import { isWaiting, issueOffered } from './issue-offered.ts'

/**
 * Decides about an offer that waits for approval. What wallets asked for meanwhile is issued now, so that
 * whoever approves learns what stands against it. Approving again tries again.
 *
 * Throws FLOW_UNKNOWN, and what issuing throws.
 */
export async function decideOffer(
  context: Context,
  id: string,
  isApproved: boolean,
): Promise<OfferState> {
  const { issuance } = await changeIssuance(context, id, (now) => ({
    ...now,
    approval: isApproved ? 'given' : 'refused',
  }))
  if (isApproved) {
    const now = context.now().getTime()
    for (const [configuration, progress] of Object.entries(issuance.configurations)) {
      const { holders } = progress
      if (holders === undefined || !isWaiting(progress, 'pending', now)) continue
      await issueOffered(context, { id, configuration, holders, from: 'pending' })
    }
  }
  return offerState(context, id)
}

/** How far an offer has come, for whoever made it. */
export interface OfferState {
  id: string
  credentialId: string
  approval: Issuance['approval']
  configurations: Readonly<
    Record<string, { state: string; event?: string; credentials?: readonly string[] }>
  >
  expiresAt: string
}

/** How far an offer has come. Throws FLOW_UNKNOWN. */
export async function offerState(context: Context, id: string): Promise<OfferState> {
  const { issuance } = await findIssuance(context, id)
  const { credentialId, approval, redeemableUntil: expiresAt } = issuance
  const configurations = Object.fromEntries(
    Object.entries(issuance.configurations).map(([name, { state, event, locators }]) => [
      name,
      {
        state,
        ...(event !== undefined && { event }),
        ...(locators !== undefined && {
          credentials: locators.map((each) => `${context.config.baseUrl}/credentials/${each}`),
        }),
      },
    ]),
  )
  return { id, credentialId, approval, configurations, expiresAt }
}
