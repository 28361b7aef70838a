import { RegistryError } from '#sdk'
import { and, asc, count, eq, inArray, isNull, min, sql, type SQL } from 'drizzle-orm'
import type { CredentialStore, NewCredential, StoredCredential } from '../context.ts'
import type { Database } from './database.ts'
import { groupCommit } from './group-commit.ts'
import { isOneOf } from './is-one-of.ts'
import { isUniqueViolation } from './postgres-error.ts'
import { credentials } from './schema.ts'

const isWaiting = and(isNull(credentials.batch), isNull(credentials.lapsed))

/** Signed credentials. */
export function credentialStore(db: Database, now: () => Date): CredentialStore {
  return {
    add: groupCommit((added, isAlone) => insert(db, added, now(), isAlone)),

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

/** Scopes hold no line break, and an array of arrays would lose its inner borders in `unnest`. */
const separator = '\n'

/**
 * One statement, whatever the number: columns as arrays. It is its own transaction; alone, a row that
 * is there already fails it, in a group it makes it answer false and store nothing.
 */
async function insert(
  db: Database,
  added: readonly NewCredential[],
  createdAt: Date,
  isAlone: boolean,
): Promise<boolean> {
  const of = <T>(pick: (credential: NewCredential) => T): T[] => added.map(pick)
  try {
    await db.$client.query({
      name: 'insert-credentials',
      text: `
        insert into credentials (locator, issuer, credential_id, format, text, digest, salt, leaf,
          key, scopes, list, index, created_at)
        select locator, issuer, credential_id, format, text, digest, salt, leaf, key,
          string_to_array(scopes, E'\\n'), list, index, $13::timestamptz
        from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bytea[],
          $7::bytea[], $8::bytea[], $9::bytea[], $10::text[], $11::int[], $12::int[])
          as row (locator, issuer, credential_id, format, text, digest, salt, leaf, key, scopes,
            list, index)`,
      values: [
        of(({ locator }) => locator),
        of(({ issuer }) => issuer),
        of(({ credentialId }) => credentialId),
        of(({ format }) => format),
        of(({ text }) => text),
        of(({ digest }) => Buffer.from(digest)),
        of(({ salt }) => bytesOf(salt)),
        of(({ leaf }) => bytesOf(leaf)),
        of(({ key }) => bytesOf(key)),
        of(({ scopes }) => scopes.join(separator)),
        of(({ list }) => list),
        of(({ index }) => index),
        createdAt,
      ],
    })
    return true
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    if (!isAlone) return false
    if (!isUniqueViolation(error, 'credentials_once')) throw error
    throw await existing(db, added, error)
  }
}

/** Names the award that stood in the way. */
async function existing(db: Database, added: readonly NewCredential[], cause: unknown) {
  const ids = added.map(({ credentialId }) => credentialId)
  const stored = await db
    .select({
      issuer: credentials.issuer,
      id: credentials.credentialId,
      format: credentials.format,
    })
    .from(credentials)
    .where(inArray(credentials.credentialId, ids))
  const culprit = added.find(
    ({ issuer, credentialId, format }, i) =>
      ids.indexOf(credentialId) < i ||
      stored.some(
        (row) => row.issuer === issuer && row.id === credentialId && row.format === format,
      ),
  )
  const { credentialId = '', format = '' } = culprit ?? {}
  return new RegistryError('CREDENTIAL_EXISTS', { credentialId, format }, { cause })
}

function bytesOf(hash: string): Buffer {
  return Buffer.from(hash.slice(2), 'hex')
}
