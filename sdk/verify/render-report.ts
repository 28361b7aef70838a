import type { Check, Report } from '../model/report.ts'
import { isCheckCode } from './codes.ts'
import { en } from './texts/en.ts'
import { fill, printable } from './texts/fill.ts'
import { fr } from './texts/fr.ts'
import { labels, marks, type Language } from './texts/labels.ts'

export type { Language } from './texts/labels.ts'

const sentences = { en, fr }

/** What is written of a report: also of a signed one, whose facts are fewer. */
export interface ReportToRender extends Pick<Report, 'verdict'> {
  issuer?: string | undefined
  checks: readonly CheckToRender[]
}

/** A check of it; facts that are missing may be `undefined`. */
export interface CheckToRender extends Omit<Check, 'facts' | 'blocks'> {
  facts: Readonly<Record<string, Check['facts'][string] | undefined>>
}

/**
 * Says in one sentence what a check found, for a recruiter.
 *
 * @param check - A check of a report, also of one that came from elsewhere: codes of a newer version
 *   are named as such.
 *
 * @example
 * ```ts
 * report.checks.map((check) => explainCheck(check, 'fr'))
 * ```
 */
export function explainCheck(
  check: Pick<CheckToRender, 'code' | 'facts'>,
  language: Language,
): string {
  const { code, facts } = check
  if (!isCheckCode(code)) return fill(labels[language].unknownCode, { code }, language)
  return fill(sentences[language][code], facts, language)
}

/**
 * Writes a report as plain text: the verdict, the issuer, one line for each check that was reached.
 * Lines of checks that did not pass carry their code.
 */
export function renderReport(report: ReportToRender, language: Language): string {
  const { checks, issuer: issuerLabel, verdicts } = labels[language]
  const width = Math.max(...Object.values(checks).map(({ length }) => length))
  const reached = report.checks.filter(({ code }) => code !== 'NOT_REACHED')
  const lines = reached.map((check) => {
    const code = check.status === 'passed' ? '' : ` [${printable(check.code)}]`
    const label = checks[check.name].padEnd(width)
    return `  ${marks[check.status]} ${label}  ${explainCheck(check, language)}${code}`
  })
  const { issuer } = report
  const issuerLine = issuer === undefined ? [] : [`  ${fill(issuerLabel, { issuer }, language)}`]
  return [fill(verdicts[report.verdict], {}, language), ...issuerLine, ...lines].join('\n')
}
