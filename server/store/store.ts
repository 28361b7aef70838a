import { sql } from 'drizzle-orm'
import type { Log, Store } from '../context.ts'
import { anchorStore } from './anchors.ts'
import { batchStore } from './batches.ts'
import { chainStore } from './chains.ts'
import { credentialStore } from './credentials.ts'
import { openDatabase } from './database.ts'
import { openLocks } from './exclusively.ts'
import { flowStore } from './flows.ts'
import { issuerStore } from './issuers.ts'
import { operatorStore } from './operator.ts'
import { statusIndexStore } from './status-indexes.ts'
import { statusStore } from './statuses.ts'
import { transactionStore } from './transactions.ts'
import { toldSafely } from './told-safely.ts'

/** Opens the store at a `DATABASE_URL`, its tables brought up to date. Throws STORE_UNREACHABLE. */
export async function openStore(url: string, now: () => Date, log: Log): Promise<Store> {
  const noteLoss = (reason: string) => {
    log.warn('database connection lost', { reason })
  }
  const db = await openDatabase(url, noteLoss)
  const locks = openLocks(url, noteLoss)
  return {
    issuers: toldSafely(issuerStore(db, now)),
    operator: toldSafely(operatorStore(db, now)),
    statusIndexes: toldSafely(statusIndexStore(db)),
    credentials: toldSafely(credentialStore(db, now)),
    batches: toldSafely(batchStore(db, now)),
    anchors: toldSafely(anchorStore(db)),
    statuses: toldSafely(statusStore(db, now)),
    transactions: toldSafely(transactionStore(db, now)),
    chains: toldSafely(chainStore(db, now)),
    flows: toldSafely(flowStore(db, now)),
    ...toldSafely({
      exclusively: locks.exclusively,
      ping: async () => {
        await db.execute(sql`select 1`)
      },
    }),
    close: async () => {
      await locks.close()
      await db.$client.end()
    },
  }
}
