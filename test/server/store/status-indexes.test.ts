import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../../server/context.ts'
import { listSize, windowSize } from '../../../server/store/window-order.ts'
import { addIssuer, createStore } from '../../support/store.ts'

let world: Awaited<ReturnType<typeof createStore>>
let store: Store
beforeAll(async () => {
  world = await createStore()
  store = world.store
})
afterAll(() => world.drop())

const newIssuer = async () => (await addIssuer(store)).created.id

describe('statusIndexes.allocate', () => {
  test('hands out 20,000 entries to concurrent callers of several processes, none twice', async () => {
    const issuer = await newIssuer()
    const pools = [store, await world.another(), await world.another()]
    const callers = Array.from({ length: 20_000 }, (_, i) =>
      pools[i % pools.length]!.statusIndexes.allocate(issuer, 1),
    )
    const entries = (await Promise.all(callers)).flat()

    expect(entries).toHaveLength(20_000)
    expect(new Set(entries.map(({ list, index }) => `${list}/${index}`)).size).toBe(20_000)
    expect(entries.every(({ list }) => list === 1)).toBe(true)
    const windows = new Set(entries.map(({ index }) => Math.floor(index / windowSize)))
    expect([...windows].sort((a, b) => a - b)).toEqual([...Array(10).keys()])
  })

  test('fills one window before it opens the next', async () => {
    const issuer = await newIssuer()
    const first = await store.statusIndexes.allocate(issuer, windowSize)
    const next = await store.statusIndexes.allocate(issuer, 1)
    expect(first.map(({ index }) => index).sort((a, b) => a - b)).toEqual([
      ...Array(windowSize).keys(),
    ])
    expect(Math.floor(next[0]!.index / windowSize)).toBe(1)
  })

  test('does not hand entries out in their order', async () => {
    const entries = await store.statusIndexes.allocate(await newIssuer(), 100)
    const indexes = entries.map(({ index }) => index)
    expect(indexes).not.toEqual(indexes.toSorted((a, b) => a - b))
  })

  test('opens a second list when the first is full, for all processes', async () => {
    const issuer = await newIssuer()
    const other = await world.another()
    const almostAll = await store.statusIndexes.allocate(issuer, listSize - 10)
    const parts = await Promise.all([
      store.statusIndexes.allocate(issuer, 30),
      other.statusIndexes.allocate(issuer, 30),
    ])
    const entries = [...almostAll, ...parts.flat()]
    const first = entries.filter(({ list }) => list === 1)
    const second = entries.filter(({ list }) => list === 2)
    expect(first.length + second.length).toBe(listSize + 50)
    expect(new Set(first.map(({ index }) => index)).size).toBe(listSize)
    expect(new Set(second.map(({ index }) => index)).size).toBe(50)
    expect(second.every(({ index }) => index < windowSize)).toBe(true)
  })

  test('gives each issuer lists of its own', async () => {
    const [one, other] = [await newIssuer(), await newIssuer()]
    expect(await store.statusIndexes.allocate(one, 1)).toMatchObject([{ list: 1 }])
    expect(await store.statusIndexes.allocate(other, 1)).toMatchObject([{ list: 1 }])
  })

  test('goes on after a call that failed', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    await expect(store.statusIndexes.allocate(nobody, 1)).rejects.toThrow()
    await expect(store.statusIndexes.allocate(nobody, 1)).rejects.toThrow()
  })
})

describe('statusIndexes.exists', () => {
  test('knows the lists that were opened, and no others', async () => {
    const issuer = await newIssuer()
    expect(await store.statusIndexes.exists(issuer, 1)).toBe(false)
    await store.statusIndexes.allocate(issuer, 1)
    expect(await store.statusIndexes.exists(issuer, 1)).toBe(true)
    expect(await store.statusIndexes.exists(issuer, 2)).toBe(false)
  })
})
