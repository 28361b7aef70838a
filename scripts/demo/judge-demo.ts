/**
 * Whether everything came out as it must.
 *
 * @module
 */
import type { Check, Report } from '#sdk'
import { expectedCodes } from './attacks.ts'
import type { DemoResult } from './run-demo.ts'
import type { Stopwatch } from './stopwatch.ts'

/** The closing line for machines. */
export interface Summary {
  issued: number
  anchored: number
  /** Of those issued, before any was revoked. */
  valid: number
  revoked: number
  /** The code of the check that failed, by the attack's name; `VALID` where none did. */
  attacks: Readonly<Record<string, string>>
  /** Of the anchoring, for each certificate. */
  gasPerCredential: number
  secondsPerStage: Readonly<Record<string, number>>
}

export function summarise(result: DemoResult, watch: Stopwatch): Summary {
  const { given, reports, revoked, reportsAfter, attacks, gas } = result
  const codes = [...attacks].map(
    ([name, report]) => [name, failingCheck(report)?.code ?? 'VALID'] as const,
  )
  const wasRevoked = new Set(revoked)
  return {
    issued: given.length,
    anchored: reports.filter(({ checks }) => hasCode(checks, 'ANCHORED')).length,
    valid: reports.filter(isValid).length,
    revoked: reportsAfter.filter(({ checks }, i) => {
      const own = given[i]
      return own !== undefined && wasRevoked.has(own) && hasCode(checks, 'REVOKED')
    }).length,
    attacks: Object.fromEntries(codes),
    gasPerCredential: Math.round((gas.anchoring / given.length) * 10) / 10,
    secondsPerStage: watch.seconds(),
  }
}

/** Everything that is not as it must be, in words for developers; empty if the demo succeeded. */
export function judgeDemo(
  { reports, reportsAfter, revoked, attacks, reportsOfWithdrawn }: DemoResult,
  summary: Summary,
  issued: number,
): readonly string[] {
  const problems = [
    claim(summary.issued === issued, `${summary.issued} of ${issued} were issued`),
    claim(summary.anchored === issued, `${summary.anchored} of ${issued} were anchored`),
    claim(summary.valid === issued, `${summary.valid} of ${issued} are valid: ${codes(reports)}`),
    claim(
      summary.revoked === revoked.length,
      `${summary.revoked} of ${revoked.length} are revoked`,
    ),
    claim(
      reportsAfter.filter(isValid).length === issued - revoked.length,
      `a revocation reached others, too: ${codes(reportsAfter)}`,
    ),
    claim(
      reportsOfWithdrawn.length > 0,
      'nothing was given by the body that lost its accreditation',
    ),
    claim(
      reportsOfWithdrawn.every(isValid),
      `a withdrawal reached back: ${codes(reportsOfWithdrawn)}`,
    ),
    ...Object.entries(expectedCodes).map(([name, expected]) => {
      const verdict = attacks.get(name)?.verdict ?? 'not tried'
      const code = summary.attacks[name] ?? 'VALID'
      return claim(
        verdict === 'invalid' && code === expected,
        `${name}: ${verdict}, ${code}; expected ${expected}`,
      )
    }),
  ]
  return problems.flat()
}

/** The check that makes a report what it is: the first that failed, else the first undecided one. */
export function failingCheck({ checks }: Report): Check | undefined {
  return (
    checks.find(({ status }) => status === 'failed') ??
    checks.find(({ status }) => status === 'undecided')
  )
}

function claim(holds: boolean, otherwise: string): readonly string[] {
  return holds ? [] : [otherwise]
}

function isValid({ verdict }: Report): boolean {
  return verdict === 'valid'
}

function hasCode(checks: readonly Check[], code: string): boolean {
  return checks.some((check) => check.code === code)
}

/** What went wrong in `reports`, each code once. */
function codes(reports: readonly Report[]): string {
  return [...new Set(reports.flatMap((report) => failingCheck(report)?.code ?? []))].join(', ')
}
