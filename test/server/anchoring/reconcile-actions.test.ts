import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDesk, type Desk } from '../../support/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

describe('what an issuer has signed', () => {
  test('is relayed once a sponsor has confirmed the issuer, not before', async () => {
    const issuer = await desk.newIssuer()
    const before = await desk.operatorNonce()
    expect(await desk.settle()).toBe('blocked')
    expect(await desk.operatorNonce()).toBe(before)
    expect(desk.alarms).toEqual([])

    await desk.confirm(issuer)
    expect(await desk.settle()).toBe('settled')
    const view = await desk.chain.final.view()
    expect(await view.keyOf(issuer.issuerId, issuer.key)).toMatchObject({ retiredAt: 0 })
    const { client } = desk.chain
    const { issuerId } = issuer
    expect(await client.isOperator(issuerId, desk.operator.address, view.block.number)).toBe(true)
  })

  test('does not go out for an account that another one has replaced', async () => {
    const issuer = await desk.newIssuer()
    const usurper = await desk.newIssuer()
    await desk.confirm({ ...issuer, account: usurper.account })
    expect(await desk.settle()).toBe('blocked')
  })

  test('is signed again when its time is nearly over', async () => {
    const issuer = await desk.newIssuer()
    await desk.confirm(issuer)
    desk.wait(2 * 86_400)
    expect(await desk.settle()).toBe('settled')
    const actions = await desk.store.issuers.actionsOf(issuer.id, desk.pin.chainId)
    const left = actions.map(({ deadline }) => deadline - desk.now().getTime() / 1000)
    expect(Math.min(...left)).toBeGreaterThan(9 * 365 * 86_400)
    expect(desk.alarms).toEqual([])
  })

  test('is signed again when another message has used its nonce', async () => {
    const issuer = await desk.newIssuer()
    await desk.confirm(issuer)
    const other = await desk.registerKeyFor(issuer, desk.strangeKey())
    expect(await desk.settle()).toBe('settled')
    const view = await desk.chain.final.view()
    expect(await view.keyOf(issuer.issuerId, other)).toBeDefined()
    expect(await view.keyOf(issuer.issuerId, issuer.key)).toBeDefined()
    expect(desk.alarms).toEqual([])
  })

  test('of several issuers goes out at once; of one, a message after the other', async () => {
    const issuers = [await desk.newIssuer(), await desk.newIssuer(), await desk.newIssuer()]
    for (const issuer of issuers) await desk.confirm(issuer)
    const [first] = issuers
    const second = await desk.wishKey(first!)
    await desk.reconcile()
    expect(await desk.store.transactions.open(desk.pin.chainId)).toHaveLength(6)
    await desk.mine()
    await desk.reconcile()
    expect(await desk.settle()).toBe('settled')
    const view = await desk.chain.final.view()
    for (const { issuerId, key } of issuers) expect(await view.keyOf(issuerId, key)).toBeDefined()
    expect(await view.keyOf(first!.issuerId, second)).toBeDefined()
    expect(desk.alarms).toEqual([])
  })

  test('counts for nothing if it was slipped into the store', async () => {
    const issuer = await desk.newIssuer()
    const target = desk.strangeKey()
    const actions = await desk.store.issuers.actionsOf(issuer.id, desk.pin.chainId)
    const own = actions.find(({ kind }) => kind === 'register-key')!
    await desk.store.issuers.addActions([{ ...own, id: randomUUID(), target }])
    await desk.confirm(issuer)
    expect(await desk.settle()).toBe('blocked')
    const view = await desk.chain.final.view()
    expect(await view.keyOf(issuer.issuerId, target)).toBeUndefined()
    expect(desk.alarms.map(({ event }) => event)).toEqual(['issuer action not signed'])
  })
})
