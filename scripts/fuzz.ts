/**
 * `npm run fuzz [-- --runs N] [--seed N]`: changes good tokens of every format in 100,000 ways, and holds
 * decoding and verifying to their laws: no crash, no unknown code, nothing valid that nobody signed so.
 * Exits with 1 at the first law that is broken, and names the smallest change that breaks it.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { fuzz } from './fuzz/fuzz.ts'
import { openStand } from './hostile/stand.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string' } },
})
const runs = Number(values.runs)
const start = performance.now()
let count = 0

await fuzz(await openStand(), {
  runs,
  ...(values.seed !== undefined && { seed: Number(values.seed) }),
  onCase: () => {
    count += 1
    if (count % 10_000 === 0) console.log(`${count} of ${runs}`)
  },
})
const seconds = ((performance.now() - start) / 1000).toFixed(0)
console.log(`${count} cases in ${seconds} s, and every law held`)
