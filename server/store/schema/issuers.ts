/**
 * Legal entities that issue here, and what belongs to them.
 *
 * @module
 */
import { sql } from 'drizzle-orm'
import type { Address, Algorithm, Did, PublicJwk } from '#sdk'
import { bigint, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, chainId, hash, instant } from '../columns.ts'

/** A legal entity that issues here. Its keys follow. */
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
    /** Which of the account's messages to the registry it is. */
    nonce: bigint('nonce', { mode: 'number' }).notNull(),
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
