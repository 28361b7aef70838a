/**
 * The tables. The store is the desired state; the chains are reconciled to it (DESIGN.md section 3).
 * `npm run migration -- --name <what changes>` turns changes of this file into migrations.
 *
 * @module
 */
import { sql } from 'drizzle-orm'
import type { Address, Algorithm, Did, Format, PublicJwk, Scope } from '#sdk'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, hash } from './columns.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const chainId = () => bigint('chain_id', { mode: 'number' }).notNull()

/** A legal entity that issues here. Its keys are in `keys`. */
export const issuers = pgTable('issuers', {
  id: uuid('id').primaryKey(),
  /** Last part of the DID and of the URLs. */
  slug: text('slug').notNull().unique(),
  did: text('did').$type<Did>().notNull().unique(),
  name: text('name').notNull(),
  /** Open Badges 3.0 Profile; its `id` is the DID. */
  profile: jsonb('profile').$type<Record<string, unknown>>().notNull(),
  createdAt: instant('created_at').notNull(),
})

/** Keys that sign credentials, sealed with `LIVRET_KEY`; the row id is bound into the seal. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    id: uuid('id').primaryKey(),
    issuer: uuid('issuer')
      .notNull()
      .references(() => issuers.id),
    algorithm: text('algorithm').$type<Algorithm>().notNull(),
    publicJwk: jsonb('public_jwk').$type<PublicJwk>().notNull(),
    /** RFC 7638, SHA-256. */
    thumbprint: hash('thumbprint').notNull(),
    sealed: bytes('sealed').notNull(),
    createdAt: instant('created_at').notNull(),
    retiredAt: instant('retired_at'),
  },
  (table) => [uniqueIndex('signing_keys_once').on(table.issuer, table.thumbprint)],
)

/** Accounts' keys, sealed likewise: those that speak for an issuer, and the operator's one. */
export const accounts = pgTable(
  'accounts',
  {
    id: uuid('id').primaryKey(),
    /** Null for the operator. */
    issuer: uuid('issuer').references(() => issuers.id),
    address: text('address').$type<Address>().notNull().unique(),
    sealed: bytes('sealed').notNull(),
    createdAt: instant('created_at').notNull(),
    retiredAt: instant('retired_at'),
  },
  (table) => [
    uniqueIndex('accounts_one_operator')
      .on(sql`(issuer is null)`)
      .where(sql`issuer is null`),
    uniqueIndex('accounts_one_of_issuer')
      .on(table.issuer)
      .where(sql`retired_at is null`),
  ],
)

/**
 * What an issuer's account wants on a chain beside statuses: each row carries the account's own
 * EIP-712 signature, so that a row slipped into the table is no power.
 */
export const issuerActions = pgTable(
  'issuer_actions',
  {
    id: uuid('id').primaryKey(),
    issuer: uuid('issuer')
      .notNull()
      .references(() => issuers.id),
    chainId: chainId(),
    kind: text('kind', { enum: ['register-key', 'set-operator'] }).notNull(),
    /** Thumbprint of the key, or address of the operator. */
    target: text('target').notNull(),
    deadline: bigint('deadline', { mode: 'number' }).notNull(),
    signature: text('signature').$type<`0x${string}`>().notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it was seen final on the chain. */
    finalAt: instant('final_at'),
  },
  (table) => [
    uniqueIndex('issuer_actions_once').on(table.issuer, table.chainId, table.kind, table.target),
  ],
)

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
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('credentials_once').on(table.credentialId, table.issuer, table.format),
    uniqueIndex('credentials_status').on(table.issuer, table.list, table.index),
    uniqueIndex('credentials_digest').on(table.digest),
    index('credentials_waiting')
      .on(table.createdAt)
      .where(sql`batch is null and lapsed is null`),
    index('credentials_batch').on(table.batch),
  ],
)

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
