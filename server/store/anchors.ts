import { and, asc, eq, ne, sql, type SQL } from 'drizzle-orm'
import type { AnchorStore, StoredAnchor } from '../context.ts'
import type { Database } from './database.ts'
import { anchors, batches } from './schema.ts'

/** Where batches are anchored. */
export function anchorStore(db: Database): AnchorStore {
  return {
    of: (batch) => select(eq(anchors.batch, batch)),
    open: (chainId) => select(isOpen(chainId)),

    async set(batch, chainId, state, anchoredAt) {
      await db
        .update(anchors)
        .set({ state, anchoredAt: state === 'unsent' ? null : (anchoredAt ?? sql`anchored_at`) })
        .where(and(eq(anchors.batch, batch), eq(anchors.chainId, chainId)))
    },

    async fill(chainId) {
      const { rowCount } = await db.execute(sql`
        insert into ${anchors} (batch, chain_id)
        select id, ${chainId} from ${batches}
        on conflict do nothing`)
      return rowCount ?? 0
    },
  }

  function isOpen(chainId: number) {
    return and(eq(anchors.chainId, chainId), ne(anchors.state, 'final'))
  }

  async function select(condition: SQL | undefined): Promise<StoredAnchor[]> {
    const rows = await db
      .select({ anchor: anchors, root: batches.root, leafCount: batches.leafCount })
      .from(anchors)
      .innerJoin(batches, eq(batches.id, anchors.batch))
      .where(condition)
      .orderBy(asc(anchors.batch), asc(anchors.chainId))
    return rows.map(({ anchor, root, leafCount }) => ({
      ...anchor,
      root,
      leafCount,
      anchoredAt: anchor.anchoredAt ?? undefined,
    }))
  }
}
