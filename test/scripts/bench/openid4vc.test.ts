import { expect, test } from 'vitest'
import { run } from '../../../scripts/bench/openid4vc.ts'

test('the openid4vc bench lets credentials into wallets and out, and looks at what stays', async () => {
  const { results, checks } = await run({ rounds: 1, turn: 300, flows: 20 })
  expect(results.map(({ name }) => name).toSorted()).toEqual([
    'POST /credentials/issue, no wallet',
    'offer → credential in the wallet',
    'request → verified result',
  ])
  for (const { opsPerSecond } of results) expect(opsPerSecond).toBeGreaterThan(0)
  expect(checks).toEqual([expect.objectContaining({ target: 24 })])
}, 120_000)
