import { commitmentOf, leafOf } from '#sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anchoringOf } from '../../../server/anchoring/anchoring-state.ts'
import { receiptOf } from '../../../server/anchoring/receipt-of.ts'
import { reconcile } from '../../../server/anchoring/reconcile.ts'
import { createChain } from '../../../server/chain/chain.ts'
import type { Chain } from '../../../server/context.ts'
import { openDesk, type Desk } from '../../support/desk.ts'
import { registrar, startPlace, type Place } from '../../support/place.ts'
import { randomHash, someCredential } from '../../support/store.ts'

let desk: Desk
let place: Place
let later: Chain
beforeAll(async () => {
  desk = await openDesk()
  place = await startPlace('chainB')
  later = createChain(place.pin, { request: place.chain.request })
  const { address } = desk.operator
  await place.chain.request('hardhat_setBalance', [address, `0x${(10n ** 20n).toString(16)}`])
  await registrar.accredit(place, address, '', { right: 'anchor' })
})
afterAll(async () => {
  await place.chain.stop()
  await desk.close()
})

/** Brings the later chain, on which no issuer is confirmed, to what the store wants. */
async function settleLater(): Promise<void> {
  const { store, keys, log, now, chain } = desk
  const context = { store, keys, log, now, chains: [chain, later] }
  for (let i = 0; i < 5; i++) {
    await reconcile(context, later)
    await place.chain.travel(1)
  }
}

/** A leaf that a receipt can be made of. */
function withLeaf() {
  const { format, digest } = someCredential('', 0)
  const salt = randomHash()
  return { salt, digest, leaf: leafOf(commitmentOf(salt, format, digest)) }
}

async function standing(locator: string) {
  const { store, keys, chain } = desk
  const credential = (await store.credentials.byLocator(locator))!
  const { state, chains } = await anchoringOf({ store }, credential)
  return {
    lapsed: credential.lapsed,
    state,
    onChains: Object.fromEntries(chains.map((each) => [each.chainId, each.state])),
    receipt: (await receiptOf({ store, keys, chains: [chain, later] }, credential))?.anchors.map(
      ({ chainId }) => chainId,
    ),
  }
}

test('a chain that is added later does not lapse what stands on the first', async () => {
  const { batch, credentials } = await desk.batch(await desk.readyIssuer(), 1, withLeaf())
  await desk.settle()
  await settleLater()
  expect((await desk.store.anchors.of(batch)).map(({ state }) => state)).toEqual(['final', 'final'])
  expect(await standing(credentials[0]!.locator)).toEqual({
    lapsed: undefined,
    state: 'final',
    onChains: { [desk.pin.chainId]: 'final', [place.pin.chainId]: 'lapsed' },
    receipt: [desk.pin.chainId],
  })
  expect(desk.alarms).toEqual([])
})

test('what counts on no chain lapses with the last of them', async () => {
  const issuer = await desk.readyIssuer()
  await desk.withdraw(issuer.account.address, 'attest', 'TrainingCertificate')
  const { batch, credentials } = await desk.batch(issuer, 1, withLeaf())
  const { locator } = credentials[0]!
  await settleLater()
  expect(await desk.store.anchors.of(batch)).toHaveLength(2)
  expect(await standing(locator)).toEqual({
    lapsed: undefined,
    state: 'batched',
    onChains: { [desk.pin.chainId]: 'unsent', [place.pin.chainId]: 'lapsed' },
    receipt: undefined,
  })
  await desk.settle()
  expect(await standing(locator)).toEqual({
    lapsed: 'accreditation-withdrawn',
    state: 'lapsed',
    onChains: { [desk.pin.chainId]: 'lapsed', [place.pin.chainId]: 'lapsed' },
    receipt: undefined,
  })
})
