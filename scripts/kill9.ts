/**
 * `npm run kill9 [-- WORD] [--json]`: `kill -9` of server, database and chain node at every marked point
 * of issuing, batching, sending and confirming; after each blow, everything that was acknowledged must
 * end anchored exactly once. A line a case (those whose name holds WORD); exits with 1 if one misses.
 *
 * @module
 */
import { crashCases } from './kill9/cases.ts'
import { checkAll } from './kill9/check.ts'
import { closeOnSignal } from './kill9/close-on-signal.ts'
import { runCase, type CaseResult } from './kill9/run-case.ts'
import { openStand } from './kill9/stand.ts'

const json = process.argv.includes('--json')
const [word = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const chosen = crashCases.filter(({ point, victim }) =>
  `${point.phase} ${point.name} ${victim}`.includes(word),
)

const stand = await openStand()
closeOnSignal(stand)
try {
  const results: CaseResult[] = []
  for (const crash of chosen) {
    const result = await runCase(stand, crash)
    results.push(result)
    console.log(json ? JSON.stringify(result) : lineOf(result))
  }
  const credentials = [...stand.clients.known.values()]
  const left = await checkAll(stand, credentials)
  const missed =
    results.filter(({ misses }) => misses.length > 0).length + (left.length > 0 ? 1 : 0)
  const summary = { cases: results.length, missed, credentials: credentials.length, left }
  const words = `\n${results.length} cases, ${missed} missed, ${credentials.length} credentials`
  console.log(json ? JSON.stringify(summary) : [words, ...left].join('\n'))
  if (missed > 0 || results.length === 0) process.exitCode = 1
} finally {
  await stand.close()
}

function lineOf({ point, victim, acknowledged, asked, seconds, misses }: CaseResult): string {
  const mark = misses.length === 0 ? '  ✓' : '  ✗'
  const facts = `${victim.padEnd(10)} ${point.padEnd(40)} ${acknowledged}/${asked} before`
  const miss = misses.length === 0 ? '' : `  MISS: ${misses.join('; ')}`
  return `${mark} ${facts}, ${seconds.toFixed(1).padStart(4)} s${miss}`
}
