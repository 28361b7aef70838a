/**
 * `npm run bench -- issue`: how many certificates a server issues for a second of its processor time. The
 * limit is Express answering a constant JSON.
 *
 * @module
 */
import { startContestant, type Contestant } from './issue/load.ts'
import { median } from './measure.ts'
import { atLeast, measurements, type BenchResult } from './report.ts'

const contestants = [
  ['Express, constant JSON', new URL('./issue/constant.ts', import.meta.url)],
  ['Express + one ES256 signature, nothing kept', new URL('./issue/es256.ts', import.meta.url)],
  ['did-jwt-vc in Express, nothing kept', new URL('./issue/did-jwt-vc.ts', import.meta.url)],
  ['Livret, checked, signed and stored durably', new URL('./issue/livret.ts', import.meta.url)],
] as const

export async function run({ rounds = 7, turn = 1_000 } = {}): Promise<BenchResult> {
  const started: Contestant[] = []
  try {
    for (const [name, script] of contestants) started.push(await startContestant(name, script))
    const rates = await race(started, rounds, turn)
    const results = measurements(rates, contestants[0][0])
    const livret = results.find(({ name }) => name.startsWith('Livret'))
    return {
      bench: 'issue',
      node: process.versions.node,
      results,
      checks: [atLeast('Livret, of the limit', 0.3, livret?.ratioToLimit ?? 0)],
    }
  } finally {
    await Promise.all(started.map((each) => each.stop()))
  }
}

/** The median of each one's turns, which it takes with the others, round by round. */
async function race(started: readonly Contestant[], rounds: number, turn: number) {
  for (const each of started) await each.run(turn)
  const rates = new Map(started.map(({ name }) => [name, new Array<number>()]))
  for (let round = 0; round < rounds; round++) {
    for (const each of started) rates.get(each.name)?.push(await each.run(turn))
  }
  return new Map([...rates].map(([name, all]) => [name, median(all)]))
}
