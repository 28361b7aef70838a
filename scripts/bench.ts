/**
 * `npm run bench -- verify|bundle|merkle|issue|openid4vc|gas [--json] [--strict]`: measures Livret against the limit and
 * its peers, in one run, and says of each promise of PERFORMANCE and DESIGN whether it holds. With
 * `--strict`, exits with 1 if one does not.
 *
 * @module
 */
import { show, type BenchResult } from './bench/report.ts'

type Bench = () => Promise<{ run: () => Promise<BenchResult> }>

// Loaded only when asked for: each brings its peers.
const benches = new Map<string | undefined, Bench>([
  ['verify', () => import('./bench/verify.ts')],
  ['bundle', () => import('./bench/bundle.ts')],
  ['merkle', () => import('./bench/merkle.ts')],
  ['issue', () => import('./bench/issue.ts')],
  ['openid4vc', () => import('./bench/openid4vc.ts')],
  ['gas', () => import('./bench/gas.ts')],
])

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const bench = benches.get(names[0])
if (bench === undefined || names.length !== 1) {
  console.error(`Usage: npm run bench -- ${[...benches.keys()].join('|')} [--json] [--strict]`)
  process.exit(2)
}
const { run } = await bench()
show(await run(), {
  json: process.argv.includes('--json'),
  strict: process.argv.includes('--strict'),
})
