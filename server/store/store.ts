import { RegistryError } from '#sdk'
import { sql } from 'drizzle-orm'
import type { Log, Store } from '../context.ts'
import { anchorStore } from './anchors.ts'
import { batchStore } from './batches.ts'
import { chainStore } from './chains.ts'
import { credentialStore } from './credentials.ts'
import { openDatabase } from './database.ts'
import { exclusively } from './exclusively.ts'
import { issuerStore } from './issuers.ts'
import { operatorStore } from './operator.ts'
import { statusIndexStore } from './status-indexes.ts'
import { statusStore } from './statuses.ts'
import { transactionStore } from './transactions.ts'

/** Opens the store at a `DATABASE_URL`, its tables brought up to date. Throws STORE_UNREACHABLE. */
export async function openStore(url: string, now: () => Date, log: Log): Promise<Store> {
  const db = await openDatabase(url, (reason) => {
    log.warn('database connection lost', { reason })
  })
  return {
    issuers: issuerStore(db, now),
    operator: operatorStore(db, now),
    statusIndexes: statusIndexStore(db),
    credentials: credentialStore(db, now),
    batches: batchStore(db, now),
    anchors: anchorStore(db),
    statuses: statusStore(db, now),
    transactions: transactionStore(db, now),
    chains: chainStore(db, now),
    exclusively: exclusively(db),
    async ping() {
      try {
        await db.execute(sql`select 1`)
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new RegistryError('STORE_UNREACHABLE', { reason }, { cause })
      }
    },
    close: () => db.$client.end(),
  }
}
