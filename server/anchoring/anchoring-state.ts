import type { Context, StoredAnchor, StoredCredential } from '../context.ts'

/** How far a credential has come: on every chain it gets as far as `final`, or it lapsed. */
type AnchoringState = 'signed' | 'batched' | 'anchored' | 'final' | 'lapsed'

export interface Anchoring {
  state: AnchoringState
  /** Why it was anchored too late to count. */
  lapsed?: string
  /** One for each chain that the batch goes to. */
  chains: readonly ChainAnchoring[]
}

/** How far a credential has come on one chain: `lapsed` where its final anchor came too late to count. */
interface ChainAnchoring extends Pick<StoredAnchor, 'chainId' | 'anchoredAt'> {
  state: StoredAnchor['state'] | 'lapsed'
}

/** Tells how far a credential has come. It is `final` with the first chain on which it is and counts. */
export async function anchoringOf(
  { store }: Pick<Context, 'store'>,
  { batch, lapsed, lapsedOn }: Pick<StoredCredential, 'batch' | 'lapsed' | 'lapsedOn'>,
): Promise<Anchoring> {
  const anchors = batch === undefined ? [] : await store.anchors.of(batch)
  const chains = anchors.map(({ chainId, state, anchoredAt }) => ({
    chainId,
    state: lapsedOn.includes(chainId) ? ('lapsed' as const) : state,
    anchoredAt,
  }))
  if (lapsed !== undefined) return { state: 'lapsed', lapsed, chains }
  const counting = anchors.filter(({ chainId }) => !lapsedOn.includes(chainId))
  return { state: batch === undefined ? 'signed' : furthest(counting), chains }
}

function furthest(anchors: readonly StoredAnchor[]): AnchoringState {
  const reached = new Set(anchors.map(({ state }) => state))
  if (reached.has('final')) return 'final'
  return reached.has('anchored') ? 'anchored' : 'batched'
}
