import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDesk, type Desk, type DeskIssuer } from '../../support/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

describe('statuses', () => {
  const entry = { list: 1, index: 777 }
  const wish = (issuer: string, purpose: 'revocation' | 'suspension', value: boolean) => ({
    issuer,
    ...entry,
    purpose,
    value,
    origin: 'api',
  })
  const ask = (issuer: string, purpose: 'revocation' | 'suspension', value: boolean) =>
    desk.store.statuses.request([wish(issuer, purpose, value)], [desk.pin.chainId])
  async function bits(issuerId: DeskIssuer['issuerId']) {
    const view = await desk.chain.final.view()
    const { revoked, suspended } = await view.statusOf(issuerId, 1n, 3)
    const mask = 1n << BigInt(255 - (777 % 256))
    return { revoked: revoked === mask, suspended: suspended === mask }
  }

  test('reach the chain: revoked, suspended, reinstated', async () => {
    const { id, issuerId } = await desk.readyIssuer()
    await ask(id, 'suspension', true)
    await desk.settle()
    expect(await bits(issuerId)).toEqual({ revoked: false, suspended: true })
    await ask(id, 'suspension', false)
    await desk.settle()
    expect(await bits(issuerId)).toEqual({ revoked: false, suspended: false })
    await ask(id, 'revocation', true)
    expect(await desk.settle()).toBe('settled')
    expect(await bits(issuerId)).toEqual({ revoked: true, suspended: false })
    expect(await desk.store.statuses.pending(desk.pin.chainId)).toEqual([])
  })

  test('are not done while the wish before is still under way', async () => {
    const { id, issuerId } = await desk.readyIssuer()
    await ask(id, 'suspension', true)
    await desk.reconcile()
    await ask(id, 'suspension', false)
    await desk.settle()
    expect(await bits(issuerId)).toEqual({ revoked: false, suspended: false })
    expect(desk.alarms).toEqual([])
  })

  test('go out before anything else', async () => {
    const issuer = await desk.readyIssuer()
    await desk.batch(issuer)
    await ask(issuer.id, 'revocation', true)
    await desk.reconcile()
    const [first] = await desk.store.transactions.open(desk.pin.chainId)
    expect(first?.kind).toBe('status')
  })

  test('of many entries share words and one transaction', async () => {
    const { id, issuerId } = await desk.readyIssuer()
    const wishes = Array.from({ length: 300 }, (_, index) => ({
      ...wish(id, 'revocation', true),
      index,
    }))
    await desk.store.statuses.request(wishes, [desk.pin.chainId])
    const before = await desk.operatorNonce()
    await desk.settle()
    expect(await desk.operatorNonce()).toBe(before + 1)
    const view = await desk.chain.final.view()
    expect((await view.statusOf(issuerId, 1n, 0)).revoked).toBe(2n ** 256n - 1n)
    expect((await view.statusOf(issuerId, 1n, 1)).revoked >> 212n).toBe(2n ** 44n - 1n)
  })

  test('that somebody else changed for the worse are taken over, with an alarm', async () => {
    const issuer = await desk.readyIssuer()
    await desk.changeStatus(issuer, 'revoke', { list: 1, index: 5 })
    await desk.changeStatus(issuer, 'suspend', { list: 1, index: 6 })
    await desk.mine()
    const before = await desk.operatorNonce()
    await desk.settle()

    const wanted = (index: number) => desk.store.statuses.wanted(issuer.id, { list: 1, index })
    expect(await wanted(5)).toEqual({ revocation: true, suspension: false })
    expect(await wanted(6)).toEqual({ revocation: false, suspension: true })
    expect(desk.alarms).toEqual([
      {
        event: 'statuses changed on the chain',
        facts: { chain: 'desk', issuer: issuer.id, changes: 2, to: expect.any(Number) as number },
      },
    ])
    expect(await desk.operatorNonce()).toBe(before)
  })

  test('that somebody else changed for the better are not made worse again', async () => {
    const issuer = await desk.readyIssuer()
    await desk.changeStatus(issuer, 'suspend', { list: 1, index: 6 })
    await desk.changeStatus(issuer, 'reinstate', { list: 1, index: 6 }, 1)
    await desk.mine()
    await desk.settle()
    const wanted = await desk.store.statuses.wanted(issuer.id, { list: 1, index: 6 })
    expect(wanted).toEqual({ revocation: false, suspension: false })
  })

  test('that this store itself changed are no news', async () => {
    const { id } = await desk.readyIssuer()
    await ask(id, 'suspension', true)
    await desk.settle()
    await ask(id, 'suspension', false)
    await desk.mine(3)
    await desk.settle()
    expect((await desk.store.statuses.wanted(id, entry)).suspension).toBe(false)
    expect(desk.alarms).toEqual([])
  })

  test('that were wished while the chain was left out follow with the next process', async () => {
    const { id, issuerId } = await desk.readyIssuer()
    await desk.store.statuses.request([wish(id, 'revocation', true)], [])
    expect(await desk.settle()).toBe('settled')
    expect(await bits(issuerId)).toEqual({ revoked: false, suspended: false })
    await desk.reconcile(await desk.another())
    await desk.settle()
    expect(await bits(issuerId)).toEqual({ revoked: true, suspended: false })
  })

  test('that were lifted while the chain was left out are lifted there, too', async () => {
    const { id, issuerId } = await desk.readyIssuer()
    await ask(id, 'suspension', true)
    await desk.settle()
    await desk.store.statuses.request([wish(id, 'suspension', false)], [])
    expect(await desk.settle()).toBe('settled')
    expect(await bits(issuerId)).toEqual({ revoked: false, suspended: true })
    await desk.reconcile(await desk.another())
    await desk.settle()
    expect(await bits(issuerId)).toEqual({ revoked: false, suspended: false })
    expect(desk.alarms).toEqual([])
  })

  test('wait until the issuer has named the operator', async () => {
    const issuer = await desk.newIssuer()
    await ask(issuer.id, 'revocation', true)
    expect(await desk.settle()).toBe('blocked')
    expect(desk.alarms).toEqual([])
    await desk.confirm(issuer)
    expect(await desk.settle()).toBe('settled')
    expect(await bits(issuer.issuerId)).toEqual({ revoked: true, suspended: false })
  })
})
