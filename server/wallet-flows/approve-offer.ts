import type { Context } from '../context.ts'
import { changeIssuance, changeProgress, findIssuance, type Issuance } from './issuance.ts'
import { refused } from './refused.ts'
import { issueTo } from './request-credential.ts'

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
    for (const [configuration, { state, holders }] of Object.entries(issuance.configurations)) {
      if (state !== 'pending' || holders === undefined) continue
      await issuePending(context, id, configuration, issuance)
    }
  }
  return offerState(context, id)
}

async function issuePending(
  context: Context,
  id: string,
  configuration: string,
  issuance: Issuance,
): Promise<void> {
  const holders = issuance.configurations[configuration]?.holders ?? []
  const before = await changeProgress(context, id, configuration, (now) => {
    if (now.state !== 'pending') throw refused('invalid_request', 'it is being issued already')
    return { ...now, state: 'issuing' }
  })
  try {
    const locators = await issueTo(context, before.issuance, configuration, holders)
    await changeProgress(context, id, configuration, () => ({
      state: 'issued',
      locators: [...locators],
    }))
  } catch (error) {
    await changeProgress(context, id, configuration, (now) => ({ ...now, state: 'pending' }))
    throw error
  }
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
