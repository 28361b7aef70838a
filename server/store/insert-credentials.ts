import { RegistryError, type StatusPurpose } from '#sdk'
import { inArray, sql } from 'drizzle-orm'
import type { NewCredential, StoredCredential } from '../context.ts'
import { lockForAdding } from './award-lock.ts'
import type { Database, Transaction } from './database.ts'
import { isUniqueViolation } from './postgres-error.ts'
import { chains, credentials } from './schema.ts'
import { recordChanges } from './statuses.ts'

/** Scopes hold no line break, and an array of arrays would lose its inner borders in `unnest`. */
const separator = '\n'

/**
 * Adds credentials in one transaction; alone, one that cannot be added fails it, in a group it makes it
 * answer false and store nothing. Throws CREDENTIAL_EXISTS, AWARD_REVOKED.
 */
export async function insertCredentials(
  db: Database,
  added: readonly NewCredential[],
  createdAt: Date,
  isAlone: boolean,
): Promise<boolean> {
  try {
    return await db.transaction(async (tx) => {
      await tx.execute(lockForAdding(added.map(({ credentialId }) => credentialId)))
      const siblings = await negativeSiblings(tx, added)
      const revoked = siblings.find(({ purpose }) => purpose === 'revocation')
      if (revoked !== undefined) {
        if (!isAlone) return false
        throw new RegistryError('AWARD_REVOKED', { credentialId: revoked.credentialId })
      }
      await insert(tx, added, createdAt)
      await suspendLike(tx, added, siblings, createdAt)
      return true
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    if (!isAlone) return false
    if (!isUniqueViolation(error, 'credentials_once')) throw error
    throw await existing(db, added, error)
  }
}

/** One statement, whatever the number: columns as arrays. */
async function insert(tx: Transaction, added: readonly NewCredential[], createdAt: Date) {
  const of = <T>(pick: (credential: NewCredential) => T) => sql.param(added.map(pick))
  await tx.execute(sql`
    insert into credentials (locator, issuer, credential_id, format, copy, text, digest, salt,
      leaf, key, scopes, list, index, created_at)
    select locator, issuer, credential_id, format, copy, text, digest, salt, leaf, key,
      string_to_array(scopes, E'\\n'), list, index, ${createdAt}::timestamptz
    from unnest(
      ${of(({ locator }) => locator)}::text[], ${of(({ issuer }) => issuer)}::uuid[],
      ${of(({ credentialId }) => credentialId)}::text[], ${of(({ format }) => format)}::text[],
      ${of(({ copy = 0 }) => copy)}::int[],
      ${of(({ text }) => text)}::text[], ${of(({ digest }) => Buffer.from(digest))}::bytea[],
      ${of(({ salt }) => bytesOf(salt))}::bytea[], ${of(({ leaf }) => bytesOf(leaf))}::bytea[],
      ${of(({ key }) => bytesOf(key))}::bytea[],
      ${of(({ scopes }) => scopes.join(separator))}::text[],
      ${of(({ list }) => list)}::int[], ${of(({ index }) => index)}::int[]
    ) as row (locator, issuer, credential_id, format, copy, text, digest, salt, leaf, key,
      scopes, list, index)`)
}

type Sibling = Pick<StoredCredential, 'issuer' | 'credentialId'> & { purpose: StatusPurpose }

/** What other formats of these awards are wanted to be: revoked or suspended. */
async function negativeSiblings(tx: Transaction, added: readonly NewCredential[]) {
  const { rows } = await tx.execute<Sibling & Record<string, unknown>>(sql`
    select distinct sibling.issuer, sibling.credential_id as "credentialId", newest.purpose
    from unnest(${sql.param(added.map(({ issuer }) => issuer))}::uuid[],
      ${sql.param(added.map(({ credentialId }) => credentialId))}::text[]) as fresh (issuer, id)
    join credentials sibling
      on sibling.credential_id = fresh.id and sibling.issuer = fresh.issuer
    cross join lateral (
      select distinct on (purpose) purpose, value from status_changes change
      where change.issuer = sibling.issuer and change.list = sibling.list
        and change.index = sibling.index
      order by purpose, id desc
    ) newest where newest.value`)
  return rows
}

/** On every chain that was ever seen; one that is new gets all that is wanted anyway. */
async function suspendLike(
  tx: Transaction,
  added: readonly NewCredential[],
  siblings: readonly Sibling[],
  createdAt: Date,
): Promise<void> {
  const suspended = added.filter(({ issuer, credentialId }) =>
    siblings.some((each) => each.issuer === issuer && each.credentialId === credentialId),
  )
  if (suspended.length === 0) return
  const changes = suspended.map(({ issuer, list, index }) => ({
    ...{ issuer, list, index, value: true, origin: 'api' },
    purpose: 'suspension' as const,
  }))
  const known = await tx.select({ chainId: chains.chainId }).from(chains)
  const chainIds = known.map(({ chainId }) => chainId)
  await recordChanges(tx, changes, chainIds, createdAt)
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
