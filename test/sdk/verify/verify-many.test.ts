import { describe, expect, test } from 'vitest'
import type { Report } from '../../../sdk/model/report.ts'
import { verifyMany } from '../../../sdk/verify/verify-many.ts'

const report = (verifiedAt: number): Report => ({ verdict: 'valid', checks: [], verifiedAt })

/** Numbers without end; says how many were asked for. */
function numbers() {
  const asked = { count: 0, isEnded: false }
  function* all() {
    try {
      for (;;) yield asked.count++
    } finally {
      asked.isEnded = true
    }
  }
  return { asked, all: all() }
}

describe('verifyMany', () => {
  test('reports in the order of the inputs, whichever is ready first', async () => {
    const slowFirst = (n: number) =>
      new Promise<Report>((resolve) =>
        setTimeout(() => {
          resolve(report(n))
        }, 20 - n),
      )
    const found: number[] = []
    for await (const { verifiedAt } of verifyMany(slowFirst, [0, 1, 2, 3])) found.push(verifiedAt)
    expect(found).toEqual([0, 1, 2, 3])
  })

  test('asks for no more than it holds, and ends its source when nobody takes more', async () => {
    const { asked, all } = numbers()
    let taken = 0
    for await (const { verifiedAt } of verifyMany((n) => Promise.resolve(report(n)), all)) {
      expect(verifiedAt).toBe(taken)
      expect(asked.count - taken).toBeLessThanOrEqual(64)
      if (++taken === 1_000) break
    }
    expect(asked.isEnded).toBe(true)
  })

  test('takes a stream, and passes on what it throws', async () => {
    async function* broken() {
      yield await Promise.resolve(1)
      throw new Error('the disk is gone')
    }
    const reports = verifyMany((n: number) => Promise.resolve(report(n)), broken())
    await expect(reports.next()).rejects.toThrow('the disk is gone')
  })

  test('reports nothing on nothing', async () => {
    const none: number[] = []
    expect(await verifyMany((n: number) => Promise.resolve(report(n)), none).next()).toEqual({
      done: true,
      value: undefined,
    })
  })
})
