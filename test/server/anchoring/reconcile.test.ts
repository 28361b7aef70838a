import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDesk, type Desk, type DeskIssuer } from '../../support/desk.ts'
import { someCredential } from '../../support/store.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

describe('a batch', () => {
  test('is anchored, and final with the time of its block', async () => {
    const issuer = await desk.readyIssuer()
    const { batch, root, credentials } = await desk.batch(issuer)

    expect(await desk.reconcile()).toBe('in-flight')
    expect(await desk.anchorOf(batch)).toMatchObject({ state: 'unsent' })
    await desk.mine()
    expect(await desk.reconcile()).toBe('in-flight')
    expect(await desk.anchorOf(batch)).toMatchObject({ state: 'anchored' })
    await desk.mine()
    expect(await desk.reconcile()).toBe('settled')

    const view = await desk.chain.final.view()
    const { anchoredAt } = (await view.anchorOf(desk.operator.address, root))!
    expect(await desk.anchorOf(batch)).toMatchObject({ state: 'final', anchoredAt })
    const [first] = credentials
    expect((await desk.store.credentials.byLocator(first!.locator))?.lapsed).toBeUndefined()
  })

  test('is sent once, however often the reconciler comes by', async () => {
    await desk.batch(await desk.readyIssuer())
    const before = await desk.operatorNonce()
    for (let i = 0; i < 3; i++) await desk.reconcile()
    await desk.settle()
    for (let i = 0; i < 3; i++) await desk.reconcile()
    await desk.mine()
    expect(await desk.operatorNonce()).toBe(before + 1)
  })

  test('goes out together with others in one transaction', async () => {
    const issuer = await desk.readyIssuer()
    const batches = [await desk.batch(issuer), await desk.batch(issuer), await desk.batch(issuer)]
    const before = await desk.operatorNonce()
    await desk.settle()
    expect(await desk.operatorNonce()).toBe(before + 1)
    for (const { batch } of batches) {
      expect(await desk.anchorOf(batch)).toMatchObject({ state: 'final' })
    }
  })

  test('waits, with an alarm, while the operator may not anchor', async () => {
    const issuer = await desk.readyIssuer()
    await desk.withdraw(desk.operator.address, 'anchor', '')
    const { batch } = await desk.batch(issuer)

    expect(await desk.settle()).toBe('blocked')
    expect(await desk.anchorOf(batch)).toMatchObject({ state: 'unsent' })
    expect(desk.alarms).toContainEqual({
      event: 'operator may not anchor',
      facts: { chain: 'desk', operator: desk.operator.address, reason: 'withdrawn' },
    })

    await desk.accredit(desk.operator.address, 'anchor', '')
    expect(await desk.settle()).toBe('settled')
    expect(await desk.anchorOf(batch)).toMatchObject({ state: 'final' })
  })
})

describe('a credential that is anchored too late', () => {
  test.each([
    ['after its accreditation was withdrawn', 'accreditation-withdrawn'],
    ['after its key was retired', 'key-retired'],
  ])('%s has lapsed', async (_, reason) => {
    const issuer = await desk.readyIssuer()
    const other = await desk.readyIssuer()
    if (reason === 'key-retired') await desk.retireKey(issuer)
    else await desk.withdraw(issuer.account.address, 'attest', 'TrainingCertificate')
    const late = await desk.batch(issuer, 2)
    const good = await desk.batch(other, 1)
    await desk.settle()

    for (const { locator } of late.credentials) {
      expect((await desk.store.credentials.byLocator(locator))?.lapsed).toBe(reason)
    }
    const [fine] = good.credentials
    expect((await desk.store.credentials.byLocator(fine!.locator))?.lapsed).toBeUndefined()
    expect(desk.alarms.map(({ event }) => event)).toEqual(['credentials lapsed'])
  })

  test('lapses alone: others of its batch do not', async () => {
    const issuer = await desk.readyIssuer()
    const strange = { ...someCredential(issuer.id, 9_999), key: desk.strangeKey() }
    await desk.store.credentials.add([strange])
    const { credentials } = await desk.batch(issuer, 1)
    await desk.settle()
    expect((await desk.store.credentials.byLocator(strange.locator))?.lapsed).toBe('key-unknown')
    const [fine] = credentials
    expect((await desk.store.credentials.byLocator(fine!.locator))?.lapsed).toBeUndefined()
  })
})

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
