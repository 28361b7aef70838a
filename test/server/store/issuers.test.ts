import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Did } from '#sdk'
import type { IssuerAction, Store } from '../../../server/context.ts'
import { addIssuer, createStore, randomAddress } from '../../support/store.ts'

let world: Awaited<ReturnType<typeof createStore>>
let store: Store
beforeAll(async () => {
  world = await createStore()
  store = world.store
})
afterAll(() => world.drop())

const action = (issuer: string, change: Partial<IssuerAction> = {}): IssuerAction => ({
  id: randomUUID(),
  issuer,
  chainId: 31_337,
  kind: 'register-key',
  target: '0x11',
  nonce: 0,
  deadline: 2_000_000_000,
  signature: '0x22',
  ...change,
})

describe('issuers', () => {
  test('are found by slug, DID and id, and listed', async () => {
    const { created } = await addIssuer(store, 'greta-aix')
    expect(await store.issuers.bySlug('greta-aix')).toEqual(created)
    expect(await store.issuers.byDid(created.did)).toEqual(created)
    expect(await store.issuers.byId(created.id)).toEqual(created)
    expect(await store.issuers.list()).toContainEqual(created)
    expect(await store.issuers.bySlug('nobody')).toBeUndefined()
    expect(await store.issuers.byDid(Did.parse('did:web:nobody.test'))).toBeUndefined()
  })

  test('never share a slug', async () => {
    await addIssuer(store, 'afpa')
    await expect(addIssuer(store, 'afpa')).rejects.toThrow(
      expect.objectContaining({ code: 'ISSUER_EXISTS', facts: { slug: 'afpa' } }),
    )
  })

  test('have keys and an account', async () => {
    const { created, signing, account } = await addIssuer(store)
    const times = { issuer: created.id, createdAt: created.createdAt, retiredAt: undefined }
    expect(await store.issuers.keysOf(created.id)).toEqual({
      signing: [{ ...signing, ...times }],
      account: { ...account, ...times },
    })
  })

  test('that are unknown have no keys', async () => {
    await expect(store.issuers.keysOf(randomUUID())).rejects.toThrow(
      expect.objectContaining({ code: 'ISSUER_UNKNOWN' }),
    )
  })
})

describe('actions', () => {
  test('are open, with DID and account, until the chain shows them', async () => {
    const { created, account } = await addIssuer(store)
    const wanted = action(created.id, { chainId: 41 })
    await store.issuers.addActions([wanted])
    expect(await store.issuers.openActions(41)).toMatchObject([
      { ...wanted, did: created.did, account: account.address },
    ])
    await store.issuers.actionFinal(wanted.id)
    expect(await store.issuers.openActions(41)).toEqual([])
    expect(await store.issuers.actionsOf(created.id, 41)).toMatchObject([wanted])
  })

  test('are added once for each issuer, chain, kind and target', async () => {
    const { created } = await addIssuer(store)
    const first = action(created.id)
    await store.issuers.addActions([first])
    await store.issuers.addActions([action(created.id, { signature: '0x33' })])
    expect(await store.issuers.actionsOf(created.id, 31_337)).toMatchObject([first])
    await store.issuers.addActions([])
  })

  test('may be signed again', async () => {
    const { created } = await addIssuer(store)
    const first = action(created.id)
    await store.issuers.addActions([first])
    const again = { nonce: 5, deadline: 2_100_000_000, signature: '0x44' } as const
    await store.issuers.signedAgain(first.id, again)
    const stored = await store.issuers.actionsOf(created.id, 31_337)
    expect(stored).toMatchObject([{ ...first, ...again }])
  })
})

describe('operator', () => {
  test('is one account for all processes, whoever comes first', async () => {
    const other = await world.another()
    const make = () =>
      Promise.resolve({ id: randomUUID(), sealed: Buffer.of(1), address: randomAddress() })
    const [one, two] = await Promise.all([store.operator.get(make), other.operator.get(make)])
    expect(one).toEqual(two)
    expect(await store.operator.get(() => Promise.reject(new Error('not again')))).toEqual(one)
  })
})
