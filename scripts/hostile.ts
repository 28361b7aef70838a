/**
 * `npm run hostile [-- WORD] [--json]`: puts every hostile token to the verifier: each must be refused
 * with its own code, in 50 ms and 32 MB, without asking an address that it names. A line a case (those
 * whose name holds WORD); exits with 1 if one misses.
 *
 * @module
 */
import { hostileCases } from './hostile/cases.ts'
import { limits, runCase, type CaseResult } from './hostile/run-case.ts'
import { openStand } from './hostile/stand.ts'

const json = process.argv.includes('--json')
const [word = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

const results: CaseResult[] = []
for (const { name, cases } of await hostileCases(await openStand())) {
  const chosen = cases.filter((each) => `${name} ${each.name}`.includes(word))
  if (!json && chosen.length > 0) console.log(`\n${name}`)
  for (const hostile of chosen) {
    const result = await runCase(hostile)
    results.push(result)
    if (!json) console.log(lineOf(result))
  }
}

const missed = results.filter(({ misses }) => misses.length > 0)
if (json) console.log(JSON.stringify({ limits, cases: results, missed: missed.length }))
else console.log(`\n${results.length} cases, ${missed.length} missed`)
if (missed.length > 0 || results.length === 0) process.exitCode = 1

function lineOf({ name, code, milliseconds, megabytes, misses }: CaseResult): string {
  const mark = misses.length === 0 ? '  ✓' : '  ✗'
  const cost = `${milliseconds.toFixed(1).padStart(7)} ms ${megabytes.toFixed(1).padStart(6)} MB`
  const miss = misses.length === 0 ? '' : `  MISS: ${misses.join('; ')}`
  return `${mark} ${cost}  ${code.padEnd(23)} ${name}${miss}`
}
