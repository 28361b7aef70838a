/**
 * What was sent to the chains, and what they showed.
 *
 * @module
 */
import { sql } from 'drizzle-orm'
import type { Address } from '#sdk'
import { bigint, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { chainId, hash, instant } from '../columns.ts'
import { batches } from './credentials.ts'

/** Where a batch is anchored. The desired state is one row per batch and chain. */
export const anchors = pgTable(
  'anchors',
  {
    batch: bigint('batch', { mode: 'number' })
      .notNull()
      .references(() => batches.id),
    chainId: chainId(),
    state: text('state', { enum: ['unsent', 'anchored', 'final'] })
      .notNull()
      .default('unsent'),
    /** Unix seconds of the anchoring block, once anchored. */
    anchoredAt: bigint('anchored_at', { mode: 'number' }),
  },
  (table) => [
    primaryKey({ columns: [table.batch, table.chainId] }),
    index('anchors_open')
      .on(table.chainId)
      .where(sql`state <> 'final'`),
  ],
)

/** Transactions, written before they are broadcast. */
export const transactions = pgTable(
  'transactions',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    chainId: chainId(),
    sender: text('sender').$type<Address>().notNull(),
    nonce: bigint('nonce', { mode: 'number' }).notNull(),
    /** What it does, for people: `status`, `issuer-actions`, `roots`. */
    kind: text('kind').notNull(),
    hash: hash('hash').notNull().unique(),
    /** The signed bytes are kept, so that sending again can never do anything else. */
    raw: text('raw').$type<`0x${string}`>().notNull(),
    state: text('state', { enum: ['prepared', 'mined', 'final', 'superseded', 'failed'] })
      .notNull()
      .default('prepared'),
    blockNumber: bigint('block_number', { mode: 'number' }),
    blockHash: hash('block_hash'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('transactions_open')
      .on(table.chainId)
      .where(sql`state in ('prepared', 'mined')`),
  ],
)

/** The chains that this store has been reconciled with: one that is not the one it was is refused. */
export const chains = pgTable('chains', {
  chainId: bigint('chain_id', { mode: 'number' }).primaryKey(),
  name: text('name').notNull(),
  creationBlockNumber: bigint('creation_block_number', { mode: 'number' }).notNull(),
  creationBlockHash: hash('creation_block_hash').notNull(),
  /** Last block up to which negative facts were imported. */
  importedBlock: bigint('imported_block', { mode: 'number' }).notNull().default(0),
})
