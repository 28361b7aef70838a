import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CheckStatus, Verdict } from '../../../sdk/model/report.ts'
import { verdictOf, worstVerdict } from '../../../sdk/verify/verdict.ts'

const checks = (...statuses: CheckStatus[]) => statuses.map((status) => ({ status }))
const rank: Record<Verdict, number> = { valid: 0, undecided: 1, invalid: 2 }

describe('verdictOf', () => {
  test.each<[Verdict, CheckStatus[]]>([
    ['valid', ['passed', 'passed']],
    ['valid', ['passed', 'skipped']],
    ['undecided', ['passed', 'undecided', 'skipped']],
    ['invalid', ['passed', 'failed']],
    ['invalid', ['undecided', 'failed']],
    ['undecided', []],
    ['undecided', ['skipped']],
  ])('is %s for %j', (verdict, statuses) => {
    expect(verdictOf(checks(...statuses))).toBe(verdict)
  })

  test('never gets better when a check is added that did not pass', () => {
    const status = fc.constantFrom<CheckStatus>('passed', 'failed', 'undecided', 'skipped')
    const bad = fc.constantFrom<CheckStatus>('failed', 'undecided', 'skipped')
    fc.assert(
      fc.property(fc.array(status), bad, (statuses, added) => {
        const before = rank[verdictOf(checks(...statuses))]
        expect(rank[verdictOf(checks(...statuses, added))]).toBeGreaterThanOrEqual(before)
      }),
    )
  })
})

describe('worstVerdict', () => {
  test.each<[Verdict, Verdict[]]>([
    ['valid', ['valid', 'valid']],
    ['undecided', ['valid', 'undecided']],
    ['invalid', ['undecided', 'invalid', 'valid']],
    ['undecided', []],
  ])('is %s for %j', (verdict, verdicts) => {
    expect(worstVerdict(verdicts)).toBe(verdict)
  })
})
