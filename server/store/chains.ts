import { RegistryError } from '#sdk'
import { eq, sql } from 'drizzle-orm'
import type { ChainStore } from '../context.ts'
import type { Database } from './database.ts'
import { chains } from './schema.ts'
import { recordChanges } from './statuses.ts'

interface BacklogRow extends Record<string, unknown> {
  block: number
  roots: number
  roots_since: string | null
  transactions: number
  transactions_since: string | null
  statuses: number
}

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

    async backlog(chainId) {
      const { rows } = await db.execute<BacklogRow>(sql`
        select imported.block, roots.*, sent.*, wishes.*
        from (select coalesce(max(imported_block), 0)::int as block from chains
            where chain_id = ${chainId}) imported,
          (select count(*)::int as roots, min(closed_at) as roots_since
            from anchors join batches on batches.id = batch
            where chain_id = ${chainId} and state <> 'final') roots,
          (select count(*)::int as transactions, min(created_at) as transactions_since
            from transactions
            where chain_id = ${chainId} and state in ('prepared', 'mined')) sent,
          (select count(*)::int as statuses from status_pending
            where chain_id = ${chainId}) wishes`)
      const [row] = rows
      if (row === undefined) throw new Error('a select without a row')
      return {
        roots: { open: row.roots, since: dateOf(row.roots_since) },
        transactions: { open: row.transactions, since: dateOf(row.transactions_since) },
        statuses: { open: row.statuses },
        importedBlock: row.block,
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

/** drizzle leaves times as PostgreSQL wrote them where it does not know the columns. */
function dateOf(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text)
}
