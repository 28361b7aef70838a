import { RegistryError } from '#sdk'
import { eq } from 'drizzle-orm'
import type { ChainStore } from '../context.ts'
import type { Database } from './database.ts'
import { chains } from './schema.ts'
import { recordChanges } from './statuses.ts'

/** The chains that this store has been reconciled with. */
export function chainStore(db: Database, now: () => Date): ChainStore {
  return {
    async recognise({ chainId, name, creationBlock }) {
      await db
        .insert(chains)
        .values({
          chainId,
          name,
          creationBlockNumber: creationBlock.number,
          creationBlockHash: creationBlock.hash,
        })
        .onConflictDoNothing()
      const known = await find(chainId)
      if (known === undefined) return
      const { creationBlockNumber, creationBlockHash } = known
      if (
        creationBlockHash !== creationBlock.hash ||
        creationBlockNumber !== creationBlock.number
      ) {
        throw new RegistryError('CHAIN_CHANGED', {
          chainId,
          what: 'the block that created its registries',
          expected: `${creationBlockNumber} ${creationBlockHash}`,
          actual: `${creationBlock.number} ${creationBlock.hash}`,
        })
      }
    },

    importedBlock: async (chainId) => (await find(chainId))?.importedBlock ?? 0,

    imported: (chainId, block, changes, chainIds = []) =>
      db.transaction(async (tx) => {
        await recordChanges(tx, changes, chainIds, now())
        await tx.update(chains).set({ importedBlock: block }).where(eq(chains.chainId, chainId))
      }),
  }

  async function find(chainId: number) {
    const [chain] = await db.select().from(chains).where(eq(chains.chainId, chainId))
    return chain
  }
}
