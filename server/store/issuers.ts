import { RegistryError } from '#sdk'
import { and, asc, eq, isNull, type SQL } from 'drizzle-orm'
import type { Issuer, IssuerAction, IssuerStore } from '../context.ts'
import type { Database } from './database.ts'
import { isUniqueViolation } from './postgres-error.ts'
import { accounts, issuerActions, issuers, signingKeys } from './schema.ts'

/** Issuers, their keys, and what their accounts have signed. */
export function issuerStore(db: Database, now: () => Date): IssuerStore {
  return {
    async create(issuer, { signing, account }, actions) {
      const created = { ...issuer, createdAt: now() }
      const owned = { issuer: issuer.id, createdAt: created.createdAt }
      try {
        await db.transaction(async (tx) => {
          await tx.insert(issuers).values(created)
          await tx.insert(signingKeys).values({ ...signing, ...owned })
          await tx.insert(accounts).values({ ...account, ...owned })
          if (actions.length > 0) await tx.insert(issuerActions).values(rowsOf(actions))
        })
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        throw new RegistryError('ISSUER_EXISTS', { slug: issuer.slug }, { cause: error })
      }
      return created
    },

    list: () => db.select().from(issuers).orderBy(asc(issuers.createdAt), asc(issuers.slug)),
    bySlug: (slug) => one(eq(issuers.slug, slug)),
    byDid: (did) => one(eq(issuers.did, did)),
    byId: (id) => one(eq(issuers.id, id)),

    async keysOf(issuer) {
      const [account] = await db
        .select()
        .from(accounts)
        .where(and(eq(accounts.issuer, issuer), isNull(accounts.retiredAt)))
      if (account === undefined) throw new RegistryError('ISSUER_UNKNOWN', { issuer })
      const signing = await db
        .select()
        .from(signingKeys)
        .where(eq(signingKeys.issuer, issuer))
        .orderBy(asc(signingKeys.createdAt))
      return { signing: signing.map(withTimes), account: withTimes(account) }
    },

    actionsOf: (issuer, chainId) =>
      db
        .select()
        .from(issuerActions)
        .where(and(eq(issuerActions.issuer, issuer), eq(issuerActions.chainId, chainId)))
        .orderBy(asc(issuerActions.createdAt)),

    async addActions(actions) {
      if (actions.length === 0) return
      await db.insert(issuerActions).values(rowsOf(actions)).onConflictDoNothing()
    },

    async openActions(chainId) {
      const open = and(eq(issuerActions.chainId, chainId), isNull(issuerActions.finalAt))
      const rows = await db
        .select({ action: issuerActions, did: issuers.did, account: accounts.address })
        .from(issuerActions)
        .innerJoin(issuers, eq(issuers.id, issuerActions.issuer))
        .innerJoin(
          accounts,
          and(eq(accounts.issuer, issuerActions.issuer), isNull(accounts.retiredAt)),
        )
        .where(open)
        .orderBy(asc(issuerActions.createdAt))
      return rows.map(({ action, did, account }) => ({ ...action, did, account }))
    },

    async actionFinal(id) {
      await db.update(issuerActions).set({ finalAt: now() }).where(eq(issuerActions.id, id))
    },

    async signedAgain(id, { nonce, deadline, signature }) {
      const signed = { nonce, deadline, signature }
      await db.update(issuerActions).set(signed).where(eq(issuerActions.id, id))
    },
  }

  async function one(condition: SQL): Promise<Issuer | undefined> {
    const [issuer] = await db.select().from(issuers).where(condition)
    return issuer
  }

  function rowsOf(actions: readonly IssuerAction[]) {
    return actions.map((action) => ({ ...action, createdAt: now() }))
  }
}

function withTimes<R extends { retiredAt: Date | null }>(row: R) {
  return { ...row, retiredAt: row.retiredAt ?? undefined }
}
