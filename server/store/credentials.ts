import { and, asc, count, eq, isNull, min, sql, type SQL } from 'drizzle-orm'
import type { CredentialStore, StoredCredential } from '../context.ts'
import type { Database } from './database.ts'
import { groupCommit } from './group-commit.ts'
import { insertCredentials } from './insert-credentials.ts'
import { isOneOf } from './is-one-of.ts'
import { credentials } from './schema.ts'

const isWaiting = and(isNull(credentials.batch), isNull(credentials.lapsed))

/** Signed credentials. */
export function credentialStore(db: Database, now: () => Date): CredentialStore {
  return {
    add: groupCommit((added, isAlone) => insertCredentials(db, added, now(), isAlone)),

    async byLocator(locator) {
      const [found] = await select(eq(credentials.locator, locator))
      return found
    },
    byCredentialId: (credentialId) => select(eq(credentials.credentialId, credentialId)),
    async byDigest(digest) {
      const [found] = await select(eq(credentials.digest, digest))
      return found
    },

    inBatch: (batch) =>
      db
        .select({
          locator: credentials.locator,
          issuer: credentials.issuer,
          key: credentials.key,
          scopes: credentials.scopes,
        })
        .from(credentials)
        .where(eq(credentials.batch, batch)),

    async markLapsed(locators, chainId, reason) {
      const { rows } = await db.execute<{ has_lapsed: boolean }>(sql`
        update credentials set
          lapsed_on = array_append(array_remove(lapsed_on, ${chainId}::bigint), ${chainId}::bigint),
          lapsed = case when exists (
            select from anchors
            where anchors.batch = credentials.batch and anchors.chain_id <> ${chainId}
              and anchors.chain_id <> all(lapsed_on)
          ) then lapsed else ${reason} end
        where ${isOneOf(credentials.locator, locators)} and lapsed is null
        returning lapsed is not null as has_lapsed`)
      return rows.filter(({ has_lapsed }) => has_lapsed).length
    },

    async waiting() {
      const [row] = await db
        .select({ count: count(), oldest: min(credentials.createdAt) })
        .from(credentials)
        .where(isWaiting)
      return { count: row?.count ?? 0, oldest: row?.oldest ?? undefined }
    },

    waitingStandings: () =>
      db
        .selectDistinct({
          issuer: credentials.issuer,
          key: credentials.key,
          scopes: credentials.scopes,
        })
        .from(credentials)
        .where(isWaiting),
  }

  async function select(condition: SQL): Promise<StoredCredential[]> {
    const rows = await db
      .select()
      .from(credentials)
      .where(condition)
      .orderBy(asc(credentials.createdAt))
    return rows.map((row) => ({
      ...row,
      batch: row.batch ?? undefined,
      lapsed: row.lapsed ?? undefined,
    }))
  }
}
