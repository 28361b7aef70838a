import { and, desc, eq, sql } from 'drizzle-orm'
import type { StatusChange, StatusStore } from '../context.ts'
import { lockForChanging } from './award-lock.ts'
import type { Database, Transaction } from './database.ts'
import { credentials, issuers, statusChanges, statusPending } from './schema.ts'

/** Wishes to revoke, suspend and reinstate. */
export function statusStore(db: Database, now: () => Date): StatusStore {
  return {
    request: (changes, chainIds) =>
      db.transaction((tx) => recordChanges(tx, changes, chainIds, now())),

    requestForAward: ({ issuer, credentialId }, wish, chainIds) =>
      db.transaction(async (tx) => {
        await tx.execute(lockForChanging(credentialId))
        const entries = await tx
          .select({ list: credentials.list, index: credentials.index })
          .from(credentials)
          .where(and(eq(credentials.issuer, issuer), eq(credentials.credentialId, credentialId)))
        const changes = entries.map((entry) => ({ issuer, ...entry, ...wish }))
        await recordChanges(tx, changes, chainIds, now())
      }),

    async wanted(issuer, { list, index }) {
      const newest = await db
        .selectDistinctOn([statusChanges.purpose], {
          purpose: statusChanges.purpose,
          value: statusChanges.value,
        })
        .from(statusChanges)
        .where(isEntry({ issuer, list, index }))
        .orderBy(statusChanges.purpose, desc(statusChanges.id))
      const isSet = (purpose: string) => newest.some((row) => row.purpose === purpose && row.value)
      return { revocation: isSet('revocation'), suspension: isSet('suspension') }
    },

    async pending(chainId) {
      const rows = await db
        .selectDistinctOn(
          [statusChanges.issuer, statusChanges.list, statusChanges.index, statusChanges.purpose],
          { change: statusChanges, did: issuers.did },
        )
        .from(statusPending)
        .innerJoin(statusChanges, eq(statusChanges.id, statusPending.change))
        .innerJoin(issuers, eq(issuers.id, statusChanges.issuer))
        .where(eq(statusPending.chainId, chainId))
        .orderBy(
          statusChanges.issuer,
          statusChanges.list,
          statusChanges.index,
          statusChanges.purpose,
          desc(statusChanges.id),
        )
      return rows
        .map(({ change, did }) => ({ ...change, did }))
        .sort((one, other) => one.id - other.id)
    },

    async done(chainId, changes) {
      if (changes.length === 0) return
      await db.execute(sql`
        delete from status_pending using status_changes pending, status_changes finished
        where status_pending.chain_id = ${chainId} and status_pending.change = pending.id
          and finished.id = any(${sql.param([...changes])}::bigint[]) and pending.id <= finished.id
          and pending.issuer = finished.issuer and pending.list = finished.list
          and pending.index = finished.index and pending.purpose = finished.purpose`)
    },

    async fill(chainId) {
      const { rowCount } = await db.execute(sql`
        insert into status_pending (change, chain_id)
        select id, ${chainId} from (
          select distinct on (issuer, list, index, purpose) id from status_changes
          order by issuer, list, index, purpose, id desc
        ) newest
        on conflict do nothing`)
      return rowCount ?? 0
    },
  }
}

/** Writes wishes down, except for what is wanted already, and what each of `chainIds` has to do. */
export async function recordChanges(
  tx: Transaction,
  changes: readonly Omit<StatusChange, 'id'>[],
  chainIds: readonly number[],
  createdAt: Date,
): Promise<void> {
  for (const { issuer, list, index, purpose, value, origin } of changes) {
    const [newest] = await tx
      .select({ value: statusChanges.value })
      .from(statusChanges)
      .where(and(isEntry({ issuer, list, index }), eq(statusChanges.purpose, purpose)))
      .orderBy(desc(statusChanges.id))
      .limit(1)
    if ((newest?.value ?? false) === value) continue

    const [change] = await tx
      .insert(statusChanges)
      .values({ issuer, list, index, purpose, value, origin, createdAt })
      .returning({ id: statusChanges.id })
    if (change === undefined || chainIds.length === 0) continue
    await tx
      .insert(statusPending)
      .values(chainIds.map((chainId) => ({ change: change.id, chainId })))
  }
}

function isEntry({ issuer, list, index }: Pick<StatusChange, 'issuer' | 'list' | 'index'>) {
  return and(
    eq(statusChanges.issuer, issuer),
    eq(statusChanges.list, list),
    eq(statusChanges.index, index),
  )
}
