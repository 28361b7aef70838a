import { beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../../scripts/bench/gas.ts'
import type { BenchResult } from '../../../scripts/bench/report.ts'

let result: BenchResult
beforeAll(async () => {
  result = await run()
})

/** Gas that one credential costs. */
const gasFor = (name: string) => {
  const { gas, credentials } = result.results.find((row) => row.name === name)!
  return gas! / credentials!
}

describe('the gas bench', () => {
  test('has its floor below every single act', () => {
    for (const { name, gas } of result.results) {
      if (!name.includes('further')) expect(gas, name).toBeGreaterThanOrEqual(44_000)
    }
  })

  test.each([
    ['issue: Livret anchor(root)', 'issue: OpenAttestation bulkIssue × 100'],
    ['issue: Livret anchor(root)', 'issue: EAS multiTimestamp × 100'],
    ['revoke: Livret revoke × 256 in a word', 'revoke: EAS multiRevokeOffchain × 256'],
    ['revoke: Livret revoke × 256 in a word', 'revoke: OpenAttestation bulkRevoke × 256'],
    ['revoke: Livret revoke × 100 over 8 words', 'revoke: TrustVC revoke(leaf)'],
  ])('%s costs a tenth of %s at most', (livret, peer) => {
    expect(gasFor(livret)).toBeLessThan(gasFor(peer) / 10)
  })

  test('judges every budget of DESIGN section 2 that has its contract', () => {
    expect(result.checks.map(({ target }) => target)).toEqual([
      60_000, 75_000, 58_000, 27_000, 52_000, 240_000, 50_000,
    ])
  })
})
