/**
 * Keeps adding a format of an award and changing its status apart: what is added sees every wish before
 * it, and a wish sees every format before it. Few locks, shared by many awards: PostgreSQL has room for
 * some thousands in all.
 *
 * @module
 */
import { sql, type SQL } from 'drizzle-orm'

/** Any number; no other lock of two numbers is taken here. */
const space = 7_391
const lockCount = 256

/** Held until the transaction ends; adders do not wait for each other. */
export function lockForAdding(credentialIds: readonly string[]): SQL {
  return sql`
    select pg_advisory_xact_lock_shared(${space}::int, slot) from (
      select distinct abs(hashtext(id) % ${lockCount}::int) as slot
      from unnest(${sql.param([...credentialIds])}::text[]) id order by slot
    ) slots`
}

/** Held until the transaction ends. */
export function lockForChanging(credentialId: string): SQL {
  return sql`
    select pg_advisory_xact_lock(${space}::int, abs(hashtext(${credentialId}) % ${lockCount}::int))`
}
