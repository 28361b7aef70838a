import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../../server/context.ts'
import { openLocks } from '../../../server/store/exclusively.ts'
import { breakLocks } from '../../support/database.ts'
import { createStore } from '../../support/store.ts'
import { startTcpProxy } from '../../support/tcp-proxy.ts'

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

  test('takes no connection away from queries', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `chain ${i}`)
    const hold = async ([name, ...others]: string[]): Promise<void> => {
      if (name === undefined) return store.ping()
      await store.exclusively(name, () => hold(others))
    }
    await hold(names)
  })

  test('tells the work at once when its connection breaks; another process may go on', async () => {
    const found = await store.exclusively('break', async (lost) => {
      expect(lost.aborted).toBe(false)
      const told = once(lost, 'abort')
      await breakLocks(world.url)
      await told
      const next = await other.exclusively('break', () => Promise.resolve('in'))
      return { next, reason: lost.reason as unknown }
    })
    expect(found).toMatchObject({ next: 'in', reason: { code: 'STORE_UNREACHABLE' } })
    expect(await store.exclusively('break', () => Promise.resolve('again'))).toBe('again')
  })

  test('finds out that its connection died in silence', async () => {
    const proxy = await startTcpProxy(world.url)
    const locks = openLocks(proxy.url, () => undefined, 200)
    const found = await locks.exclusively('silence', async (lost) => {
      const told = once(lost, 'abort')
      proxy.freeze()
      await told
      return 'told'
    })
    expect(found).toBe('told')
    proxy.stop()
    await locks.close()
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
