/**
 * What there is to try out on a chain of one's own: an operator that may anchor, and one fictional
 * training body that may issue. All of it through the use cases that everybody has.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Scope } from '#sdk'
import type { EmbeddedChain } from '../../server/chain/embedded/embedded-chain.ts'
import type { Context, Issuer } from '../../server/context.ts'
import { createIssuer } from '../../server/issuing/create-issuer.ts'
import { describeIssuer } from '../../server/issuing/describe-issuer.ts'
import { openEnd, sponsorOn } from '../authority/sponsor.ts'

/** Slug of the fictional training body. */
export const demoSlug = 'demo'

/** What it may issue. */
export const demoScope = Scope.parse('TrainingCertificate')

const patienceMilliseconds = 60_000

/** Accredits operator and demo issuer, as far as they are not; waits until the issuer can issue. */
export async function prepareDemo(
  context: Context,
  { chain, authority }: EmbeddedChain,
): Promise<Issuer> {
  const { store, keys, jobs } = context
  const sponsor = sponsorOn(chain, authority)
  const operator = await store.operator.get(() => keys.makeAccount())
  const anchoring = { subject: operator.address, right: 'anchor', scope: Scope.parse('') } as const
  await sponsor.accredit(anchoring, openEnd)

  const issuer =
    (await store.issuers.bySlug(demoSlug)) ??
    (await createIssuer(context, {
      slug: demoSlug,
      name: 'Organisme de démonstration (fictif)',
      algorithm: 'ES256',
    }))
  const { account } = await store.issuers.keysOf(issuer.id)
  const attesting = { subject: account.address, right: 'attest', scope: demoScope } as const
  await sponsor.accredit(attesting, openEnd)
  await sponsor.confirm(issuer.did, attesting)
  await jobs.reconcileSoon(chain.pin.chainId)
  await untilReady(context)
  return issuer
}

async function untilReady(context: Context): Promise<void> {
  for (const started = Date.now(); Date.now() - started < patienceMilliseconds;) {
    const { chains } = await describeIssuer(context, demoSlug)
    if (chains.every(({ missing }) => missing.length === 0)) return
    await sleep(100)
  }
  context.log.warn('demo issuer is not ready yet')
}
