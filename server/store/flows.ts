import { createHash } from 'node:crypto'
import { and, eq, gt, lte, sql } from 'drizzle-orm'
import type { FlowSecret, FlowStore } from '../context.ts'
import type { Database } from './database.ts'
import { flows, flowSecrets, usedOnce } from './schema.ts'

/** What OpenID4VCI and OpenID4VP remember between two messages. */
export function flowStore(db: Database, now: () => Date): FlowStore {
  const columns = {
    id: flows.id,
    kind: flows.kind,
    data: flows.data,
    version: flows.version,
    expiresAt: flows.expiresAt,
  }
  const rowOf = (flow: string, { purpose, text, detail, expiresAt }: FlowSecret) => ({
    hash: hashOf(purpose, text),
    flow,
    detail,
    expiresAt,
  })
  const byId: FlowStore['byId'] = async (id) => {
    const [found] = await db
      .select(columns)
      .from(flows)
      .where(and(eq(flows.id, id), gt(flows.expiresAt, now())))
    return found
  }

  return {
    async open(flow, secrets) {
      await db.transaction(async (tx) => {
        await tx.insert(flows).values(flow)
        if (secrets.length > 0) {
          await tx.insert(flowSecrets).values(secrets.map((secret) => rowOf(flow.id, secret)))
        }
      })
    },

    byId,

    async bySecret(purpose, text) {
      const [found] = await db
        .select({ flow: columns, detail: flowSecrets.detail })
        .from(flowSecrets)
        .innerJoin(flows, eq(flows.id, flowSecrets.flow))
        .where(
          and(
            eq(flowSecrets.hash, hashOf(purpose, text)),
            gt(flowSecrets.expiresAt, now()),
            gt(flows.expiresAt, now()),
          ),
        )
      return found
    },

    async take(purpose, text) {
      const [taken] = await db
        .delete(flowSecrets)
        .where(and(eq(flowSecrets.hash, hashOf(purpose, text)), gt(flowSecrets.expiresAt, now())))
        .returning({ flow: flowSecrets.flow, detail: flowSecrets.detail })
      const flow = taken && (await byId(taken.flow))
      return flow && { flow, detail: taken.detail }
    },

    async addSecret(flow, secret) {
      await db.insert(flowSecrets).values(rowOf(flow, secret))
    },

    async countFailure(purpose, text, limit) {
      const isIt = eq(flowSecrets.hash, hashOf(purpose, text))
      const [counted] = await db
        .update(flowSecrets)
        .set({ failures: sql`failures + 1` })
        .where(isIt)
        .returning({ failures: flowSecrets.failures })
      if (counted !== undefined && counted.failures >= limit) {
        await db.delete(flowSecrets).where(isIt)
      }
    },

    async save({ id, data, version, expiresAt }) {
      const saved = await db
        .update(flows)
        .set({ data, expiresAt, version: version + 1 })
        .where(and(eq(flows.id, id), eq(flows.version, version)))
        .returning({ id: flows.id })
      return saved.length === 1
    },

    async useOnce(purpose, text, expiresAt) {
      const used = await db
        .insert(usedOnce)
        .values({ purpose, hash: hashOf(purpose, text), expiresAt })
        .onConflictDoNothing()
        .returning({ purpose: usedOnce.purpose })
      return used.length === 1
    },

    async removeExpired() {
      await db.delete(usedOnce).where(lte(usedOnce.expiresAt, now()))
      const gone = await db
        .delete(flows)
        .where(lte(flows.expiresAt, now()))
        .returning({ id: flows.id })
      return gone.length
    },
  }
}

/** A secret of one purpose is none of another. */
function hashOf(purpose: string, text: string): Buffer {
  return createHash('sha256').update(`${purpose}\0${text}`).digest()
}
