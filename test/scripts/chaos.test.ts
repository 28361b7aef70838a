import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults } from '../../scripts/chaos/faults.ts'
import { runFault } from '../../scripts/chaos/run-fault.ts'
import { openStand, type Stand } from '../../scripts/chaos/stand.ts'

let stand: Stand
beforeAll(async () => {
  stand = await openStand()
})
afterAll(() => stand.close())

const names = ['reorganisation of 5 blocks', 'kill -9 of server 0']
const sample = faults.filter(({ name }) => names.includes(name))

describe('two chains and three servers', () => {
  test.each(sample)('lose nothing by a $name', { timeout: 180_000 }, async (fault) => {
    const { credentials, misses } = await runFault(stand, fault)
    expect(misses).toEqual([])
    expect(credentials).toBeGreaterThan(3)
  })

  test('meet faults that each have a name of their own', () => {
    const all = faults.map(({ name }) => name)
    expect(new Set(all).size).toBe(all.length)
    expect(sample).toHaveLength(names.length)
  })
})
