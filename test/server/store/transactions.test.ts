import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../../server/context.ts'
import { createStore, randomAddress, randomHash } from '../../support/store.ts'

let world: Awaited<ReturnType<typeof createStore>>
let store: Store
beforeAll(async () => {
  world = await createStore()
  store = world.store
})
afterAll(() => world.drop())

const transaction = (chainId: number, nonce: number) => ({
  chainId,
  sender: randomAddress(),
  nonce,
  kind: 'roots',
  hash: randomHash(),
  raw: '0x02f8' as const,
})

describe('transactions', () => {
  test('are open, by nonce, while they are prepared or mined', async () => {
    const second = await store.transactions.prepare(transaction(1, 2))
    const first = await store.transactions.prepare(transaction(1, 1))
    await store.transactions.prepare(transaction(2, 1))
    const third = await store.transactions.prepare(transaction(1, 3))
    await store.transactions.set(third.id, 'superseded')

    expect(first).toMatchObject({ state: 'prepared', blockNumber: undefined })
    expect(await store.transactions.open(1)).toEqual([first, second])

    const block = { number: 12, hash: randomHash() }
    await store.transactions.set(first.id, 'mined', block)
    expect((await store.transactions.open(1))[0]).toMatchObject({
      state: 'mined',
      blockNumber: 12,
      blockHash: block.hash,
    })
    await store.transactions.set(first.id, 'final', block)
    expect(await store.transactions.open(1)).toEqual([second])
  })

  test('forget a block that vanished', async () => {
    const { id } = await store.transactions.prepare(transaction(3, 1))
    await store.transactions.set(id, 'mined', { number: 12, hash: randomHash() })
    await store.transactions.set(id, 'prepared')
    expect(await store.transactions.open(3)).toMatchObject([
      { state: 'prepared', blockNumber: undefined, blockHash: undefined },
    ])
  })

  test('are known as our own by their hash', async () => {
    const { hash } = await store.transactions.prepare(transaction(4, 1))
    expect(await store.transactions.isOwn(hash)).toBe(true)
    expect(await store.transactions.isOwn(randomHash())).toBe(false)
  })
})
