import { digestOf } from '../anchor/commitment.ts'
import { receiptRoot } from '../anchor/receipt.ts'
import type { Seconds } from '../model/primitives.ts'
import type { Receipt } from '../model/receipt.ts'
import { askChains, type ChainLooks, type SeenChain } from './chains.ts'
import { rememberByLooks } from './remember-by-looks.ts'
import type { Verification } from './verification.ts'

/** A chain on which the credential's batch is anchored, finally. */
interface FoundAnchor {
  readonly chain: SeenChain
  readonly anchoredAt: Seconds
}

/** What became of a receipt. */
export interface Anchors {
  /** Why the receipt is not this credential's, if it is not. */
  readonly mismatch: string | undefined
  readonly found: readonly FoundAnchor[]
  /** The chains, without those that stopped answering. */
  readonly looks: ChainLooks
}

/**
 * Follows the receipt from the credential to the chains of the policy; anchors elsewhere, or in
 * another registry than the pinned one, count for nothing.
 */
export function findAnchors({ decoded, receipt, looks }: Verification): Anchors | Promise<Anchors> {
  const nothing = { mismatch: undefined, found: [], looks }
  if (receipt === undefined) return nothing
  if (receipt.format !== decoded.format) {
    return { ...nothing, mismatch: `it is one for ${receipt.format}` }
  }
  if (receiptRoot(receipt, digestOf(decoded)) !== receipt.root) {
    return { ...nothing, mismatch: 'its proof does not lead from this credential to its root' }
  }
  return remember(looks, nameOf(receipt), () => askForAnchors(looks, receipt))
}

const remember = rememberByLooks<Anchors>()

/** Everything that the chains are asked for, the same for all credentials of a batch. */
function nameOf({ root, proof, anchors }: Receipt): string {
  let name = `${root} ${proof.length}`
  for (const { chainId, registry, operator } of anchors) {
    name += ` ${chainId} ${registry} ${operator}`
  }
  return name
}

async function askForAnchors(looks: ChainLooks, receipt: Receipt): Promise<Anchors> {
  const asked = await askChains(looks, (chain) => anchorOn(chain, receipt))
  const found = asked.answers.flatMap(({ chain, anchoredAt }) =>
    anchoredAt === undefined ? [] : [{ chain, anchoredAt }],
  )
  const isMisfit = found.length === 0 && asked.answers.some(({ misfits }) => misfits)
  const mismatch = isMisfit ? 'its proof is not as long as the batch is deep' : undefined
  return { mismatch, found, looks: asked.looks }
}

/** The earliest anchor of the receipt's root on a chain, by any operator that the receipt names. */
async function anchorOn(chain: SeenChain, { root, proof, anchors }: Receipt) {
  const { pin, view } = chain
  const named = anchors.filter(
    ({ chainId, registry }) => chainId === pin.chainId && registry === pin.anchorRegistry.address,
  )
  const states = await Promise.all(named.map(({ operator }) => view.anchorOf(operator, root)))
  // A batch of n leaves is log2(n) deep: a longer or shorter proof would start at an inner node.
  const times = states.flatMap((state) =>
    state?.leafCount === 2 ** proof.length && state.anchoredAt > 0 ? [state.anchoredAt] : [],
  )
  const isAnchored = states.some((state) => state !== undefined)
  return {
    chain,
    anchoredAt: times.length === 0 ? undefined : Math.min(...times),
    misfits: isAnchored && times.length === 0,
  }
}
