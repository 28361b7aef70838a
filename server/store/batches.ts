import { eq, sql } from 'drizzle-orm'
import type { BatchStore } from '../context.ts'
import type { Database } from './database.ts'
import { isOneOf } from './is-one-of.ts'
import { anchors, batches, credentials } from './schema.ts'

/** Batches of credentials. */
export function batchStore(db: Database, now: () => Date): BatchStore {
  return {
    close: (size, chainIds, build) =>
      db.transaction(async (tx) => {
        const waiting = await tx
          .select({ locator: credentials.locator, leaf: credentials.leaf })
          .from(credentials)
          .where(sql`batch is null and lapsed is null`)
          .orderBy(credentials.createdAt)
          .limit(size)
          .for('update', { skipLocked: true })
        if (waiting.length === 0) return undefined

        const built = await build(waiting.map(({ leaf }) => leaf))
        const [batch] = await tx
          .insert(batches)
          .values({ ...built, closedAt: now() })
          .returning()
        if (batch === undefined) return undefined
        await tx
          .update(credentials)
          .set({ batch: batch.id })
          .where(
            isOneOf(
              credentials.locator,
              waiting.map(({ locator }) => locator),
            ),
          )
        if (chainIds.length > 0) {
          await tx.insert(anchors).values(chainIds.map((chainId) => ({ batch: batch.id, chainId })))
        }
        return batch
      }),

    async byId(id) {
      const [batch] = await db.select().from(batches).where(eq(batches.id, id))
      return batch
    },
  }
}
