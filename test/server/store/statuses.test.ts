import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StatusChange, Store } from '../../../server/context.ts'
import { addIssuer, createStore } from '../../support/store.ts'

let world: Awaited<ReturnType<typeof createStore>>
let store: Store
beforeAll(async () => {
  world = await createStore()
  store = world.store
})
afterAll(() => world.drop())

/** A wish about entry 5 of an issuer's list 1, and the chain that it is for: each test has its own. */
let chainId = 100
async function entry() {
  const { created } = await addIssuer(store)
  const at = { list: 1, index: 5 }
  const wish = (purpose: StatusChange['purpose'], value: boolean) => ({
    issuer: created.id,
    ...at,
    purpose,
    value,
    origin: 'api',
  })
  return { issuer: created, at, wish, chain: chainId++ }
}

describe('statuses', () => {
  test('are all false where nobody ever wished', async () => {
    const { issuer, at } = await entry()
    expect(await store.statuses.wanted(issuer.id, at)).toEqual({
      revocation: false,
      suspension: false,
    })
  })

  test('are what was wished last, each purpose by itself', async () => {
    const { issuer, at, wish, chain } = await entry()
    await store.statuses.request([wish('suspension', true), wish('revocation', true)], [chain])
    await store.statuses.request([wish('suspension', false)], [chain])
    expect(await store.statuses.wanted(issuer.id, at)).toEqual({
      revocation: true,
      suspension: false,
    })
  })

  test('never let a revocation be undone', async () => {
    const { wish, chain } = await entry()
    await store.statuses.request([wish('revocation', true)], [chain])
    await expect(store.statuses.request([wish('revocation', false)], [chain])).rejects.toThrow()
  })

  test('wished twice are done once', async () => {
    const { wish, chain } = await entry()
    const twice = () => store.statuses.request([wish('revocation', true)], [chain])
    await Promise.all([twice(), twice()])
    await twice()
    expect(await store.statuses.pending(chain)).toHaveLength(1)
  })

  test('pend with their newest wish alone, until the chain shows it', async () => {
    const { issuer, wish, chain } = await entry()
    await store.statuses.request([wish('suspension', true)], [chain])
    await store.statuses.request([wish('suspension', false)], [chain])
    const pending = await store.statuses.pending(chain)
    expect(pending).toMatchObject([
      { issuer: issuer.id, did: issuer.did, purpose: 'suspension', value: false },
    ])
    await store.statuses.done(
      chain,
      pending.map(({ id }) => id),
    )
    expect(await store.statuses.pending(chain)).toEqual([])
  })

  test('that were wished for meanwhile stay pending', async () => {
    const { wish, chain } = await entry()
    await store.statuses.request([wish('suspension', true)], [chain])
    const sent = await store.statuses.pending(chain)
    await store.statuses.request([wish('suspension', false)], [chain])
    await store.statuses.done(
      chain,
      sent.map(({ id }) => id),
    )
    expect(await store.statuses.pending(chain)).toMatchObject([{ value: false }])
    expect((await store.chains.backlog(chain)).statuses).toEqual({ open: 1 })
  })

  test('done on one chain still pend on the other', async () => {
    const { wish, chain } = await entry()
    const other = chainId++
    await store.statuses.request([wish('revocation', true)], [chain, other])
    const [change] = await store.statuses.pending(chain)
    await store.statuses.done(chain, [change!.id])
    expect(await store.statuses.pending(chain)).toEqual([])
    expect(await store.statuses.pending(other)).toHaveLength(1)
  })

  test('are what a later chain lacks: the newest of each entry, lifted ones, too', async () => {
    const one = await entry()
    const two = await entry()
    await store.statuses.request([one.wish('revocation', true)], [one.chain])
    await store.statuses.request([two.wish('suspension', true)], [two.chain])
    await store.statuses.request([two.wish('suspension', false)], [two.chain])
    const later = chainId++
    await store.statuses.fill(later)
    const pending = await store.statuses.pending(later)
    const ofIssuer = (id: string) => pending.filter(({ issuer }) => issuer === id)
    expect(ofIssuer(one.issuer.id)).toMatchObject([{ purpose: 'revocation', value: true }])
    expect(ofIssuer(two.issuer.id)).toMatchObject([{ purpose: 'suspension', value: false }])
    expect(await store.statuses.fill(later)).toBe(0)
  })
})
