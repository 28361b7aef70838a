import type { Check, Verdict } from '../model/report.ts'

/**
 * The verdict over checks (DESIGN section 5): `invalid` if one failed, else `undecided` if one is
 * undecided, else `valid`. No checks at all are `undecided`: nothing was found out.
 */
export function verdictOf(checks: readonly Pick<Check, 'status'>[]): Verdict {
  if (checks.some(({ status }) => status === 'failed')) return 'invalid'
  const isDecided = checks.every(({ status }) => status === 'passed' || status === 'skipped')
  return isDecided && checks.some(({ status }) => status === 'passed') ? 'valid' : 'undecided'
}

/** The verdict over several reports: invalid over undecided over valid; `undecided` for none. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('invalid')) return 'invalid'
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'valid')
    ? 'valid'
    : 'undecided'
}
