import type { ChainSource, ChainView } from '#sdk'
import { expect, test } from 'vitest'
import { shareViews } from '../../../server/chain/recent-source.ts'

/** A source whose every view is another one. */
function counting(): ChainSource {
  let number = 0
  const view = () => Promise.resolve({ block: { number: ++number } } as ChainView)
  return { pin: {} as ChainSource['pin'], view }
}
const numberOf = async (source: ChainSource) => (await source.view()).block.number

let seconds = 0
const now = () => new Date(seconds * 1000)

test('a recent view is given again for a while', async () => {
  const { recent } = shareViews(counting(), 2, now)
  expect([await numberOf(recent), await numberOf(recent)]).toEqual([1, 1])
  seconds += 2
  expect(await numberOf(recent)).toBe(2)
})

test('a recent view is never older than the last fresh one', async () => {
  const { recent, fresh } = shareViews(counting(), 2, now)
  expect([await numberOf(recent), await numberOf(fresh), await numberOf(recent)]).toEqual([1, 2, 2])
})

test('a failure is not given again', async () => {
  const source = counting()
  let isAway = true
  const view = () => (isAway ? Promise.reject(new Error('away')) : source.view())
  const { recent } = shareViews({ ...source, view }, 2, now)
  await expect(recent.view()).rejects.toThrow('away')
  isAway = false
  expect(await numberOf(recent)).toBe(1)
})
