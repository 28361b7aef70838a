import { checkNames, verdictOf, type CheckName, type Report } from '#sdk'
import * as z from 'zod/mini'

/**
 * `options.checks`: the checks that decide, by our names or by those that VC APIs have for several:
 * `proof` and `credentialStatus`.
 */
export const DecidingChecks = z
  .array(z.enum(['proof', 'credentialStatus', ...checkNames]))
  .check(z.minLength(1), z.maxLength(16))
export type DecidingChecks = z.infer<typeof DecidingChecks>

/** What a proof is made of: of a presentation, its answer to challenge and domain, too. */
const proof = {
  credential: ['decode', 'format', 'signature'],
  presentation: ['decode', 'format', 'signature', 'holder'],
} as const satisfies Record<string, readonly CheckName[]>

/**
 * The report with the deciding checks alone, and the verdict over them; all of it if none are named. The
 * proof always decides: what is said of a credential that nobody signed says nothing.
 */
export function decidingReport(
  report: Report,
  checks: DecidingChecks | undefined,
  kind: keyof typeof proof,
): Report {
  if (checks === undefined) return report
  const names = new Set<string>([
    ...proof[kind],
    ...checks.flatMap((name) => {
      if (name === 'credentialStatus') return ['status']
      return name === 'proof' ? [] : [name]
    }),
  ])
  const deciding = report.checks.filter(({ name }) => names.has(name))
  return { ...report, checks: deciding, verdict: verdictOf(deciding) }
}
