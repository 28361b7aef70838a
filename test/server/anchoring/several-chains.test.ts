import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentOf, issuerIdOf, labelHashes, leafOf, Scope } from '#sdk'
import { anchoringOf } from '../../../server/anchoring/anchoring-state.ts'
import { closeBatches } from '../../../server/anchoring/close-batch.ts'
import { receiptOf } from '../../../server/anchoring/receipt-of.ts'
import { reconcile } from '../../../server/anchoring/reconcile.ts'
import { createChain } from '../../../server/chain/chain.ts'
import type { Chain, Config, Store } from '../../../server/context.ts'
import { completeActions } from '../../../server/issuing/issuer-actions.ts'
import { startAnvil, type TestNode } from '../../support/anvil.ts'
import { openDesk, type Desk, type DeskIssuer } from '../../support/desk.ts'
import { pinOf } from '../../support/pin.ts'
import { randomHash, someCredential } from '../../support/store.ts'

const openEnd = 2n ** 40n - 1n
const jobs = { reconcileSoon: () => Promise.resolve(), closeBatchSoon: () => Promise.resolve() }

let desk: Desk
let node: TestNode
let issuer: DeskIssuer
let [first, second]: Chain[] = []
beforeAll(async () => {
  desk = await openDesk()
  issuer = await desk.readyIssuer()
  first = desk.chain
  node = await startAnvil()
  second = createChain(await pinOf(node, { name: 'second', rpc: [node.url] }))
  const { address } = desk.operator
  await node.request('anvil_setBalance', [address, `0x${(10n ** 20n).toString(16)}`])
  const { accreditations } = node.contracts
  await accreditations['accredit']!(address, 2, [], openEnd, [])
  await accreditations['confirmIssuer']!(issuer.issuerId, issuer.account.address, 0, [], [])
  const labels = labelHashes(Scope.parse('TrainingCertificate'))
  await accreditations['accredit']!(issuer.account.address, 0, labels, openEnd, [])
})
afterAll(async () => {
  await node.stop()
  await desk.close()
})

/** A server that has these chains configured, as it starts and goes on until nothing is left to do. */
async function serve(chains: readonly Chain[], store: Store): Promise<void> {
  const { keys, log, now } = desk
  const context = { store, keys, log, now, chains }
  await completeActions(context)
  for (let i = 0; i < 20; i++) {
    const found = await Promise.all(chains.map((chain) => reconcile(context, chain)))
    if (found.every((each) => each === 'settled')) return
    await desk.mine()
  }
  throw new Error('it does not settle')
}

let nextIndex = 0

/** Issues a credential while these chains are configured. */
async function issue(chains: readonly Chain[], store: Store) {
  const plain = someCredential(issuer.id, nextIndex++)
  const salt = randomHash()
  const credential = {
    ...plain,
    salt,
    leaf: leafOf(commitmentOf(salt, plain.format, plain.digest)),
    key: issuer.key,
    scopes: [Scope.parse('TrainingCertificate/RNCP34079')],
  }
  await store.credentials.add([credential])
  const config = { batchSize: 1_000 } as Config
  await closeBatches({ store, config, chains, jobs, log: desk.log })
  return credential
}

async function seen(chains: readonly Chain[], { locator }: { locator: string }) {
  const { store, keys } = desk
  const credential = (await store.credentials.byLocator(locator))!
  const { chains: states } = await anchoringOf({ store }, credential)
  return {
    states: Object.fromEntries(states.map(({ chainId, state }) => [chainId, state])),
    receipt: (await receiptOf({ store, keys, chains }, credential))?.anchors.map(
      ({ chainId }) => chainId,
    ),
  }
}

const isRevoked = async (chain: Chain, { index }: { index: number }) => {
  const view = await chain.final.view()
  const word = await view.statusOf(issuerIdOf(issuer.did), 1n, Math.floor(index / 256))
  return (word.revoked >> BigInt(255 - (index % 256))) % 2n === 1n
}
const revoke = (chains: readonly Chain[], store: Store, { index }: { index: number }) =>
  store.statuses.request(
    [{ issuer: issuer.id, list: 1, index, purpose: 'revocation', value: true, origin: 'api' }],
    chains.map(({ pin }) => pin.chainId),
  )

describe('a chain', () => {
  test('that is added later is filled with the past', async () => {
    const good = await issue([first!], desk.store)
    const bad = await issue([first!], desk.store)
    await revoke([first!], desk.store, bad)
    await serve([first!], desk.store)
    const [one, two] = [first!.pin.chainId, second!.pin.chainId]
    expect(await seen([first!], good)).toEqual({ states: { [one]: 'final' }, receipt: [one] })

    const both = [first!, second!]
    await serve(both, await desk.another())
    const states = { [one]: 'final', [two]: 'final' }
    expect(await seen(both, good)).toEqual({ states, receipt: [one, two] })
    expect(await isRevoked(second!, bad)).toBe(true)
    expect(await isRevoked(second!, good)).toBe(false)
    const view = await second!.final.view()
    expect(await view.keyOf(issuer.issuerId, issuer.key)).toBeDefined()
    expect(desk.alarms).toEqual([])
  })

  test('that is left out keeps what it has, and gets the rest when it is back', async () => {
    const both = [first!, second!]
    const before = await issue(both, desk.store)
    const [one, two] = both.map(({ pin }) => pin.chainId)
    const without = await desk.another()
    await serve([second!], without)
    expect(await seen([second!], before)).toEqual({
      states: { [one!]: 'unsent', [two!]: 'final' },
      receipt: [two],
    })
    const during = await issue([second!], without)
    await revoke([second!], without, during)
    await serve([second!], without)
    expect(await isRevoked(first!, during)).toBe(false)

    await serve(both, await desk.another())
    const states = { [one!]: 'final', [two!]: 'final' }
    for (const each of [before, during]) {
      expect(await seen(both, each)).toEqual({ states, receipt: [one, two] })
    }
    expect(await isRevoked(first!, during)).toBe(true)
    expect(desk.alarms).toEqual([])
  })
})
