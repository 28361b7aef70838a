/**
 * Credentials, the batches that they are in, and their statuses.
 *
 * @module
 */
import { sql } from 'drizzle-orm'
import type { Format, Scope } from '#sdk'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, chainId, hash, instant } from '../columns.ts'
import { issuers } from './issuers.ts'

/** A status list of an issuer, and how far its random order has been handed out. */
export const statusLists = pgTable(
  'status_lists',
  {
    issuer: uuid('issuer')
      .notNull()
      .references(() => issuers.id),
    list: integer('list').notNull(),
    /** Secret seed of the order inside each window of 2,048 entries. */
    seed: bytes('seed').notNull(),
    /** Entries handed out so far, at most 131,072; only ever grows. */
    allocated: integer('allocated').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.list] }),
    check('status_lists_range', sql`allocated between 0 and 131072`),
  ],
)

/** A batch: one Merkle tree over the credentials of all issuers. */
export const batches = pgTable('batches', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  root: hash('root').notNull().unique(),
  leafCount: integer('leaf_count').notNull(),
  /** The serialised tree (`sdk/anchor/batch-tree.ts`), decoys included. */
  tree: bytes('tree').notNull(),
  closedAt: instant('closed_at').notNull(),
})

/** A signed credential. */
export const credentials = pgTable(
  'credentials',
  {
    /** 32 random bytes, base64url: the unguessable part of the receipt's link. */
    locator: text('locator').primaryKey(),
    issuer: uuid('issuer')
      .notNull()
      .references(() => issuers.id),
    /** The credential's own `id`. */
    credentialId: text('credential_id').notNull(),
    format: text('format').$type<Format>().notNull(),
    /** Counts those of one award and format that are bound to different keys. */
    copy: integer('copy').notNull().default(0),
    /** The signed text, as it was handed out. */
    text: text('text').notNull(),
    /** SHA-256 of what was signed. */
    digest: bytes('digest').notNull(),
    salt: hash('salt').notNull(),
    leaf: hash('leaf').notNull(),
    /** Thumbprint of the signing key. */
    key: hash('key').notNull(),
    /** The scopes that its issuer must be accredited for. */
    scopes: text('scopes').array().$type<Scope[]>().notNull(),
    list: integer('list').notNull(),
    index: integer('index').notNull(),
    /** Null until batched. */
    batch: bigint('batch', { mode: 'number' }).references(() => batches.id),
    /** Why it was anchored too late to count, if it was. */
    lapsed: text('lapsed'),
    /** Chains whose final anchor came too late to count there. */
    lapsedOn: bigint('lapsed_on', { mode: 'number' })
      .array()
      .notNull()
      .default(sql`'{}'::bigint[]`),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('credentials_once').on(table.credentialId, table.issuer, table.format, table.copy),
    uniqueIndex('credentials_status').on(table.issuer, table.list, table.index),
    uniqueIndex('credentials_digest').on(table.digest),
    index('credentials_waiting')
      .on(table.createdAt)
      .where(sql`batch is null and lapsed is null`),
    index('credentials_batch').on(table.batch),
  ],
)

/** Every wish to change a status, in order. The newest row of an entry and purpose is what should be. */
export const statusChanges = pgTable(
  'status_changes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    issuer: uuid('issuer')
      .notNull()
      .references(() => issuers.id),
    list: integer('list').notNull(),
    index: integer('index').notNull(),
    purpose: text('purpose', { enum: ['revocation', 'suspension'] }).notNull(),
    value: boolean('value').notNull(),
    /** `api`, or `chain:<id>` for a negative fact found on a chain that nobody here asked for. */
    origin: text('origin').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('status_changes_entry').on(
      table.issuer,
      table.list,
      table.index,
      table.purpose,
      table.id,
    ),
    check('status_changes_final', sql`purpose <> 'revocation' or value`),
  ],
)

/** Status changes that a chain does not show as final yet. */
export const statusPending = pgTable(
  'status_pending',
  {
    change: bigint('change', { mode: 'number' })
      .notNull()
      .references(() => statusChanges.id),
    chainId: chainId(),
  },
  (table) => [primaryKey({ columns: [table.chainId, table.change] })],
)
