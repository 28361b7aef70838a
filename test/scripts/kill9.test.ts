import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { crashCases } from '../../scripts/kill9/cases.ts'
import { checkAll } from '../../scripts/kill9/check.ts'
import { crashPoints } from '../../scripts/kill9/points.ts'
import { runCase } from '../../scripts/kill9/run-case.ts'
import { openStand, type Stand } from '../../scripts/kill9/stand.ts'

let stand: Stand
beforeAll(async () => {
  stand = await openStand()
})
afterAll(() => stand.close())

const sample = crashCases.filter(({ point, victim }) =>
  [
    'credential committed, not acknowledged server',
    'batch filled, not committed database',
    'transaction handed over everything',
  ].includes(`${point.name} ${victim}`),
)

describe('kill -9', () => {
  test.each(sample)(
    'of $victim, at "$point.name", loses nothing',
    { timeout: 120_000 },
    async (crash) => {
      expect((await runCase(stand, crash)).misses).toEqual([])
    },
  )

  test('has marked points in every phase, each with a name of its own', () => {
    const names = crashPoints.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThanOrEqual(20)
    expect(sample).toHaveLength(3)
  })
})

describe('what is checked afterwards notes', () => {
  const aKnown = () => [...stand.clients.known.values()].find(({ isRevoked }) => !isRevoked)!

  test('what is valid and should not be', async () => {
    const revoked = { ...aKnown(), isRevoked: true }
    expect(await checkAll(stand, [revoked])).toEqual([`${revoked.id} is valid, not invalid`])
  })

  test('what was acknowledged and is lost', async () => {
    const lost = { ...aKnown(), id: 'urn:uuid:nobody' }
    expect(await checkAll(stand, [lost])).toEqual(['urn:uuid:nobody is lost'])
  })

  test('a status entry that is used twice', async () => {
    stand.clients.known.set('urn:uuid:twin', { ...aKnown(), id: 'urn:uuid:twin' })
    const misses = await checkAll(stand, [])
    stand.clients.known.delete('urn:uuid:twin')
    expect(misses).toHaveLength(1)
    expect(misses[0]).toContain('is used twice')
  })
})
