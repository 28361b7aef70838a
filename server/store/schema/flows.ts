/**
 * What OpenID4VCI and OpenID4VP remember between two messages, until it expires.
 *
 * @module
 */
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, instant } from '../columns.ts'

/** Offers and requests. */
export const flows = pgTable(
  'flows',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: ['issuance', 'presentation'] }).notNull(),
    data: jsonb('data').$type<unknown>().notNull(),
    version: integer('version').notNull().default(0),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('flows_expiry').on(table.expiresAt)],
)

/** Codes and tokens that stand for a flow, hashed. */
export const flowSecrets = pgTable(
  'flow_secrets',
  {
    /** SHA-256 of purpose and text. */
    hash: bytes('hash').primaryKey(),
    flow: uuid('flow')
      .notNull()
      .references(() => flows.id, { onDelete: 'cascade' }),
    detail: jsonb('detail').$type<unknown>(),
    failures: integer('failures').notNull().default(0),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('flow_secrets_flow').on(table.flow)],
)

/** Nonces and the like that were used, hashed, as long as they would be good. */
export const usedOnce = pgTable(
  'used_once',
  {
    purpose: text('purpose', { enum: ['nonce', 'dpop'] }).notNull(),
    hash: bytes('hash').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.purpose, table.hash] }),
    index('used_once_expiry').on(table.expiresAt),
  ],
)
