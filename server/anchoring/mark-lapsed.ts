import type { Seconds } from '#sdk'
import { alarm } from './alarm.ts'
import { judgeStanding, reasonOf } from './judge-standing.ts'
import type { Reconciling } from './reconciling.ts'

/**
 * Judges the credentials of a batch at the time of its anchor, as every verifier will, and marks those
 * that came too late: their issuer, key or accreditation had ended by then. Never silently invalid.
 * What stands on another chain, or still may, has not lapsed: a chain that was added later counts from
 * its own anchors.
 */
export async function markLapsed(
  reconciling: Reconciling,
  batch: number,
  anchoredAt: Seconds,
): Promise<void> {
  const { store, chain, final, log } = reconciling
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
    const { chainId, name } = chain.pin
    const lapsed = await store.credentials.markLapsed(locators, chainId, reason)
    const facts = { batch, chain: name, issuer: issuer.slug, reason }
    if (lapsed > 0) alarm(reconciling, 'credentials lapsed', { ...facts, credentials: lapsed })
    const others = group.length - lapsed
    if (others > 0) log.info('credentials do not count here', { ...facts, credentials: others })
  }
}
