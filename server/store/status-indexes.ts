import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { StatusIndex, StatusIndexStore } from '../context.ts'
import type { Database } from './database.ts'
import { statusLists } from './schema.ts'
import { listSize, windowOrder, windowSize } from './window-order.ts'

/** How many entries a process takes from the database at once. */
const leaseSize = 64

/** Entries of the lists, handed out once each, whatever the number of processes. */
export function statusIndexStore(db: Database): StatusIndexStore {
  /** What this process has leased and not handed out yet, by issuer; each issuer's callers in a row. */
  const leases = new Map<string, { free: StatusIndex[]; turn: Promise<unknown> }>()
  const orderOf = rememberLast(windowOrder)

  return {
    async allocate(issuer, count) {
      const lease = leases.get(issuer) ?? { free: [], turn: Promise.resolve() }
      leases.set(issuer, lease)
      if (lease.free.length >= count) return lease.free.splice(0, count)

      const given = lease.turn.then(async () => {
        while (lease.free.length < count) {
          const taken = await take(issuer, Math.max(leaseSize, count - lease.free.length))
          lease.free = lease.free.concat(taken)
        }
        return lease.free.splice(0, count)
      })
      lease.turn = given.catch(() => undefined)
      return given
    },

    async exists(issuer, list) {
      const [found] = await db
        .select({ list: statusLists.list })
        .from(statusLists)
        .where(and(eq(statusLists.issuer, issuer), eq(statusLists.list, list)))
      return found !== undefined
    },
  }

  /** Up to `count` entries of the newest list; none if that is full, and then there is a new one. */
  async function take(issuer: string, count: number): Promise<StatusIndex[]> {
    const { rows } = await db.$client.query<{
      list: number
      seed: Buffer
      first: number
      next: number
    }>({
      name: 'take-status-indexes',
      text: `
        with newest as (
          select list, allocated from status_lists
          where issuer = $1 order by list desc limit 1 for update
        )
        update status_lists set allocated = least(newest.allocated + $2::int, ${listSize})
        from newest where status_lists.issuer = $1 and status_lists.list = newest.list
        returning status_lists.list, seed, newest.allocated as first,
          status_lists.allocated as next`,
      values: [issuer, count],
    })
    const [row] = rows
    if (row === undefined || row.first === row.next) {
      await open(issuer, (row?.list ?? 0) + 1)
      return []
    }
    const { list, seed, first, next } = row
    return Array.from({ length: next - first }, (_, i) => {
      const position = first + i
      const order = orderOf(seed, Math.floor(position / windowSize))
      return { list, index: order[position % windowSize] ?? 0 }
    })
  }

  async function open(issuer: string, list: number): Promise<void> {
    const seed = randomBytes(32)
    await db.insert(statusLists).values({ issuer, list, seed }).onConflictDoNothing()
  }
}

/** Remembers the last few orders: a window's is asked for 2,048 times. */
function rememberLast(order: typeof windowOrder): typeof windowOrder {
  const known = new Map<string, Uint32Array>()
  return (seed, window) => {
    const key = `${Buffer.from(seed).toString('latin1')}:${window}`
    const found = known.get(key)
    if (found !== undefined) return found
    if (known.size >= 256) known.clear()
    const made = order(seed, window)
    known.set(key, made)
    return made
  }
}
