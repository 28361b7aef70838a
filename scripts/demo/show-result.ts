import { explainCheck } from '#sdk'
import { expectedCodes } from './attacks.ts'
import { failingCheck, type Summary } from './judge-demo.ts'
import type { DemoResult } from './run-demo.ts'
import { stages } from './stopwatch.ts'
import { texts, type DemoLanguage } from './texts.ts'
import type { World } from './world.ts'

/** The result as lines for people. */
export function showResult(
  {
    result,
    summary,
    world,
    unexpected,
    isExtract,
  }: {
    result: DemoResult
    summary: Summary
    world: World
    unexpected: readonly string[]
    isExtract: boolean
  },
  language: DemoLanguage,
): string {
  const words = texts[language]
  const number = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 1 })
  const real = world.bodies.filter(({ isReal }) => isReal).length
  const rows: readonly (readonly [number, string])[] = [
    [world.bodies.length, words.bodies(real)],
    [summary.issued, words.issued],
    [summary.anchored, words.anchored(result.batches)],
    [summary.valid, words.valid],
    [summary.revoked, words.revoked],
    [result.reportsOfWithdrawn.length, words.kept],
    [summary.gasPerCredential, `${words.gas} ${words.anchoring}`],
    [result.gas.accreditation / world.bodies.length, `${words.gas} ${words.accreditation}`],
    [result.revocationGas / result.revoked.length, `${words.gas} ${words.revocation}`],
  ]
  const attacks = [...result.attacks].flatMap(([name, report]) => {
    const check = failingCheck(report)
    const isExpected = Object.entries(expectedCodes).some(
      ([own, code]) => own === name && code === check?.code,
    )
    const mark = isExpected ? '✓' : '✗'
    return [
      `  ${mark} ${words.attackNames[name] ?? name} — ${check?.code ?? 'VALID'}`,
      ...(check === undefined ? [] : [`      ${explainCheck(check, language)}`]),
    ]
  })
  const seconds = stages.map(
    (stage) => `${words.stages[stage]} ${number(summary.secondsPerStage[stage] ?? 0)}`,
  )
  return [
    '',
    words.title,
    isExtract ? words.extract : words.data,
    words.fiction,
    '',
    ...rows.map(([value, label]) => `${number(value).padStart(10)}  ${label}`),
    '',
    words.attacks,
    ...attacks,
    '',
    `${words.seconds}: ${seconds.join(', ')}`,
    ...(unexpected.length === 0
      ? [words.success]
      : [words.failure, ...unexpected.map((line) => `  ${line}`)]),
  ].join('\n')
}
