import { makeReceipt, openBatchTree, type BatchTree, type Receipt } from '#sdk'
import type { Context, StoredCredential } from '../context.ts'

/**
 * Makes the receipt of a credential whose batch is final on at least one configured chain, naming the
 * chains on which it counts; undefined before that, and for one that lapsed.
 */
export async function receiptOf(
  { store, chains, keys }: Pick<Context, 'store' | 'chains' | 'keys'>,
  credential: StoredCredential,
): Promise<Receipt | undefined> {
  const { batch, lapsed, lapsedOn, issuer, key, format, digest, salt } = credential
  if (batch === undefined || lapsed !== undefined) return undefined
  const anchored = await store.anchors.of(batch)
  const final = new Set(
    anchored
      .filter(({ state, chainId }) => state === 'final' && !lapsedOn.includes(chainId))
      .map(({ chainId }) => chainId),
  )
  const pins = chains.map(({ pin }) => pin).filter(({ chainId }) => final.has(chainId))
  const tree = pins.length > 0 ? await treeOf(store, batch) : undefined
  if (tree === undefined) return undefined

  const operator = await store.operator.get(() => keys.makeAccount())
  const { signing } = await store.issuers.keysOf(issuer)
  const issuerKey = signing.find(({ thumbprint }) => thumbprint === key)?.publicJwk
  return makeReceipt({
    format,
    text: digest,
    salt,
    tree,
    anchors: pins.map(({ chainId, anchorRegistry }) => ({
      chainId,
      registry: anchorRegistry.address,
      operator: operator.address,
    })),
    ...(issuerKey !== undefined && { issuerKey }),
  })
}

/** The trees asked for last, since receipts of one batch are fetched together; up to 4 MB each. */
const recentTrees = new WeakMap<Context['store'], Map<number, BatchTree>>()
const treeLimit = 8

async function treeOf(store: Context['store'], batch: number): Promise<BatchTree | undefined> {
  const trees = recentTrees.get(store) ?? new Map<number, BatchTree>()
  recentTrees.set(store, trees)
  const known = trees.get(batch)
  if (known !== undefined) return known
  const stored = await store.batches.byId(batch)
  if (stored === undefined) return undefined
  const tree = openBatchTree(stored.tree)
  const [oldest] = trees.keys()
  if (trees.size >= treeLimit && oldest !== undefined) trees.delete(oldest)
  trees.set(batch, tree)
  return tree
}
