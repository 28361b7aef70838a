import { expect, test } from 'vitest'
import { run } from '../../../scripts/bench/bundle.ts'

test('npm run bench -- bundle weighs every byte, and keeps within 16 kB', async () => {
  const { results, parts, checks } = await run({ rounds: 1, turn: 1 })
  expect(results.map(({ name }) => name)).toContain('a bundle')
  const { 'all of it': whole, ...rest } = parts!
  expect(Object.values(rest).reduce((sum, bytes) => sum + bytes, 0)).toBe(whole)
  expect(checks).toEqual([
    expect.objectContaining({ target: 16_384, value: expect.any(Number) as number, holds: true }),
  ])
})
