/**
 * `npm run bench -- verify|merkle|issue|gas [--json]`: measures Livret against the limit and its peers,
 * in one run, and exits with 1 if a promise does not hold.
 *
 * @module
 */
import { show, type BenchResult } from './bench/report.ts'

type Bench = () => Promise<{ run: () => Promise<BenchResult> }>

// Loaded only when asked for: each brings its peers.
const benches = new Map<string | undefined, Bench>([['merkle', () => import('./bench/merkle.ts')]])

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const bench = benches.get(names[0])
if (bench === undefined || names.length !== 1) {
  console.error(`Usage: npm run bench -- ${[...benches.keys()].join('|')} [--json]`)
  process.exit(2)
}
const { run } = await bench()
show(await run(), process.argv.includes('--json'))
