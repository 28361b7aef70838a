import { isNull } from 'drizzle-orm'
import type { OperatorStore } from '../context.ts'
import type { Database } from './database.ts'
import { accounts } from './schema.ts'

/** The account that sends transactions. */
export function operatorStore(db: Database, now: () => Date): OperatorStore {
  const columns = { id: accounts.id, sealed: accounts.sealed, address: accounts.address }
  const find = async () => {
    const [found] = await db.select(columns).from(accounts).where(isNull(accounts.issuer))
    return found
  }

  return {
    async get(make) {
      const kept = await find()
      if (kept !== undefined) return kept
      const made = await make()
      await db
        .insert(accounts)
        .values({ ...made, createdAt: now() })
        .onConflictDoNothing()
      return (await find()) ?? made
    },
  }
}
