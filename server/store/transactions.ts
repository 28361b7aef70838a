import { and, asc, eq, inArray } from 'drizzle-orm'
import { RegistryError } from '#sdk'
import type { StoredTransaction, TransactionStore } from '../context.ts'
import type { Database } from './database.ts'
import { transactions } from './schema.ts'

/** Transactions, written down before they are broadcast. */
export function transactionStore(db: Database, now: () => Date): TransactionStore {
  return {
    async prepare(transaction) {
      const [prepared] = await db
        .insert(transactions)
        .values({ ...transaction, createdAt: now() })
        .returning()
      if (prepared === undefined) {
        throw new RegistryError('STORE_UNREACHABLE', { reason: 'no row came back' })
      }
      return withBlock(prepared)
    },

    async open(chainId) {
      const isOpen = inArray(transactions.state, ['prepared', 'mined'])
      const rows = await db
        .select()
        .from(transactions)
        .where(and(eq(transactions.chainId, chainId), isOpen))
        .orderBy(asc(transactions.nonce), asc(transactions.id))
      return rows.map(withBlock)
    },

    async isOwn(hash) {
      const [found] = await db
        .select({ id: transactions.id })
        .from(transactions)
        .where(eq(transactions.hash, hash))
      return found !== undefined
    },

    async set(id, state, block) {
      await db
        .update(transactions)
        .set({ state, blockNumber: block?.number ?? null, blockHash: block?.hash ?? null })
        .where(eq(transactions.id, id))
    },
  }
}

function withBlock(row: typeof transactions.$inferSelect): StoredTransaction {
  return {
    ...row,
    blockNumber: row.blockNumber ?? undefined,
    blockHash: row.blockHash ?? undefined,
  }
}
