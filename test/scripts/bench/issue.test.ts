import { expect, test } from 'vitest'
import { run } from '../../../scripts/bench/issue.ts'

test('the issue bench lets four servers answer, Livret among them, and judges it', async () => {
  const { results, checks } = await run({ rounds: 1, turn: 200 })
  expect(results.map(({ name }) => name).toSorted()).toEqual([
    'Express + one ES256 signature, nothing kept',
    'Express, constant JSON',
    'Livret, checked, signed and stored durably',
    'did-jwt-vc in Express, nothing kept',
  ])
  for (const { opsPerSecond } of results) expect(opsPerSecond).toBeGreaterThan(0)
  const livret = results.find(({ name }) => name.startsWith('Livret'))
  expect(checks).toEqual([expect.objectContaining({ target: 0.3, value: livret?.ratioToLimit })])
}, 120_000)
