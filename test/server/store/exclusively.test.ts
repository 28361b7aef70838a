import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../../server/context.ts'
import { createStore } from '../../support/store.ts'

let world: Awaited<ReturnType<typeof createStore>>
let store: Store
let other: Store
beforeAll(async () => {
  world = await createStore()
  store = world.store
  other = await world.another()
})
afterAll(() => world.drop())

describe('exclusively', () => {
  test('lets one process in and answers the others undefined at once', async () => {
    const inside = await store.exclusively('anchor', () =>
      other.exclusively('anchor', () => Promise.resolve('both')).then((answer) => [answer]),
    )
    expect(inside).toEqual([undefined])
  })

  test('lets the next one in afterwards, also after a failure', async () => {
    await expect(store.exclusively('fail', () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    )
    expect(await other.exclusively('fail', () => Promise.resolve('in'))).toBe('in')
  })

  test('keeps work of different names apart', async () => {
    const inside = await store.exclusively('one', () =>
      other.exclusively('two', () => Promise.resolve('both')),
    )
    expect(inside).toBe('both')
  })
})

describe('ping', () => {
  test('throws when the database does not answer', async () => {
    await store.ping()
    const gone = await createStore()
    await gone.drop()
    await expect(gone.store.ping()).rejects.toThrow(
      expect.objectContaining({ code: 'STORE_UNREACHABLE' }),
    )
  })
})
