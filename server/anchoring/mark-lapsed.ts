import type { Seconds } from '#sdk'
import { alarm } from './alarm.ts'
import { judgeStanding, reasonOf } from './judge-standing.ts'
import type { Reconciling } from './reconciling.ts'

/**
 * Judges the credentials of a batch at the time of its anchor, as every verifier will, and marks those
 * that came too late: their issuer, key or accreditation had ended by then. Never silently invalid.
 */
export async function markLapsed(
  reconciling: Reconciling,
  batch: number,
  anchoredAt: Seconds,
): Promise<void> {
  const { store, chain, final } = reconciling
  const credentials = await store.credentials.inBatch(batch)
  // Thousands of credentials, but few issuers, keys and scopes.
  const alike = Map.groupBy(credentials, ({ issuer, key, scopes }) =>
    [issuer, key, ...scopes].join('\n'),
  )
  for (const group of alike.values()) {
    const [first] = group
    const issuer = first && (await store.issuers.byId(first.issuer))
    if (first === undefined || issuer === undefined) continue
    const { key, scopes } = first
    const standing = await judgeStanding(final, { did: issuer.did, key, scopes }, anchoredAt)
    if (standing.stands) continue
    const reason = reasonOf(standing)
    const locators = group.map(({ locator }) => locator)
    await store.credentials.markLapsed(locators, reason)
    const facts = { chain: chain.pin.name, issuer: issuer.slug, reason, credentials: group.length }
    alarm(reconciling, 'credentials lapsed', { batch, ...facts })
  }
}
