import { buildBatchTree, padLeaves, randomBytes } from '#sdk'
import type { Context, StoredBatch } from '../context.ts'

type Needs = Pick<Context, 'store' | 'config' | 'chains' | 'jobs' | 'log'>

/**
 * Puts every waiting credential into a batch, in as many as `LIVRET_BATCH_SIZE` makes of them, and has
 * their roots sent. Any number of processes may do so at once.
 */
export async function closeBatches(context: Needs): Promise<readonly StoredBatch[]> {
  const batch = await closeOne(context)
  return batch === undefined ? [] : [batch, ...(await closeBatches(context))]
}

async function closeOne({ store, config, chains, jobs, log }: Needs) {
  const chainIds = chains.map(({ pin }) => pin.chainId)
  const batch = await store.batches.close(config.batchSize, chainIds, (leaves) => {
    const { root, leafCount, bytes } = buildBatchTree(padLeaves(leaves, randomBytes))
    return Promise.resolve({ root, leafCount, tree: bytes })
  })
  if (batch === undefined) return undefined
  log.info('batch closed', { batch: batch.id, root: batch.root, leafCount: batch.leafCount })
  for (const chainId of chainIds) await jobs.reconcileSoon(chainId)
  return batch
}
