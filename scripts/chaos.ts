/**
 * `npm run chaos [-- WORD] [--json]`: what may go wrong with two chains, three servers and one database,
 * under load; after each fault, every acknowledged credential must be anchored once on both chains. A line
 * a fault (those whose name holds WORD); exits with 1 on any loss.
 *
 * @module
 */
import { faults } from './chaos/faults.ts'
import { runFault, type FaultResult } from './chaos/run-fault.ts'
import { openStand } from './chaos/stand.ts'
import { checkAll } from './kill9/check.ts'
import { closeOnSignal } from './kill9/close-on-signal.ts'

const json = process.argv.includes('--json')
const [word = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

const stand = await openStand()
closeOnSignal(stand)
try {
  const results: FaultResult[] = []
  for (const fault of faults.filter(({ name }) => name.includes(word))) {
    const result = await runFault(stand, fault)
    results.push(result)
    console.log(json ? JSON.stringify(result) : lineOf(result))
  }
  const known = [...stand.clients.known.values()]
  const left = await checkAll(stand, known)
  const lost = results.filter(({ misses }) => misses.length > 0).length + (left.length > 0 ? 1 : 0)
  const summary = { faults: results.length, lost, credentials: known.length, left }
  const words = `\n${results.length} faults, ${lost} with losses, ${known.length} credentials`
  console.log(json ? JSON.stringify(summary) : [words, ...left].join('\n'))
  if (lost > 0 || results.length === 0) process.exitCode = 1
} finally {
  await stand.close()
}

function lineOf({ fault, credentials, revoked, seconds, misses }: FaultResult): string {
  const mark = misses.length === 0 ? '  ✓' : '  ✗'
  const facts = `${fault.padEnd(52)} ${String(credentials).padStart(4)} issued, ${revoked} revoked`
  const miss = misses.length === 0 ? '' : `  MISS: ${misses.slice(0, 5).join('; ')}`
  return `${mark} ${facts}, ${seconds.toFixed(1).padStart(5)} s${miss}`
}
