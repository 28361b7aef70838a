import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ChainPin } from '#sdk'
import type { Store } from '../../../server/context.ts'
import { addIssuer, createStore, randomAddress, randomHash } from '../../support/store.ts'

let world: Awaited<ReturnType<typeof createStore>>
let store: Store
beforeAll(async () => {
  world = await createStore()
  store = world.store
})
afterAll(() => world.drop())

const pinOf = (chainId: number) => {
  const contract = { address: randomAddress(), codeHash: randomHash() }
  return ChainPin.parse({
    name: 'test',
    chainId,
    creationBlock: { number: 4, hash: randomHash() },
    authority: randomAddress(),
    accreditationRegistry: contract,
    anchorRegistry: contract,
    statusRegistry: contract,
  })
}

describe('chains.recognise', () => {
  test('accepts a chain that is the one it was', async () => {
    const pin = pinOf(1)
    await store.chains.recognise(pin)
    await store.chains.recognise({ ...pin, name: 'renamed' })
  })

  test.each([
    ['another creation block', { number: 4, hash: randomHash() }],
    ['its creation block at another height', { number: 5 }],
  ])('refuses %s', async (_, change) => {
    const pin = pinOf(2 + Math.floor(Math.random() * 1e9))
    await store.chains.recognise(pin)
    const changed = { ...pin, creationBlock: { ...pin.creationBlock, ...change } }
    await expect(store.chains.recognise(changed)).rejects.toThrow(
      expect.objectContaining({ code: 'CHAIN_CHANGED' }),
    )
  })
})

describe('chains.imported', () => {
  test('stores found facts and how far was read in one transaction', async () => {
    const pin = pinOf(50)
    await store.chains.recognise(pin)
    expect(await store.chains.importedBlock(50)).toBe(0)

    const { created } = await addIssuer(store)
    const found = {
      issuer: created.id,
      list: 1,
      index: 9,
      purpose: 'revocation',
      value: true,
      origin: 'chain:50',
    } as const
    await store.chains.imported(50, 120, [found], [51])
    expect(await store.chains.importedBlock(50)).toBe(120)
    expect(await store.statuses.wanted(created.id, found)).toMatchObject({ revocation: true })
    expect(await store.statuses.pending(51)).toMatchObject([{ index: 9, origin: 'chain:50' }])
    expect(await store.statuses.pending(50)).toEqual([])

    await expect(
      store.chains.imported(50, 130, [{ ...found, index: 10, value: false }], []),
    ).resolves.toBeUndefined()
    await expect(store.chains.imported(50, 140, [{ ...found, value: false }], [])).rejects.toThrow()
    expect(await store.chains.importedBlock(50)).toBe(130)
  })
})
