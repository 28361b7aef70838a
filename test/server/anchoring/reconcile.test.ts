import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDesk, type Desk } from '../../support/desk.ts'
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
