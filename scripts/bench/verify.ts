/**
 * `npm run bench -- verify`: verifying one credential on one core, beside the bare signature check of the
 * same algorithm (1.00), the least that a JWT takes, jose, and did-jwt-vc.
 *
 * Livret answers every question here: signature, times, anchor over a path of depth 16, key and
 * accreditation at the anchored time, status, schema. Everything that the chain says it has in memory.
 *
 * @module
 */
import { measure } from './measure.ts'
import { atLeast, measurements, type BenchCheck, type BenchResult } from './report.ts'
import { createContestants, names } from './verify/contestants.ts'
import { createFixture, type Fixture } from './verify/fixture.ts'
import type { BenchAlgorithm } from './verify/keys.ts'
import { measureStreams } from './verify/stream.ts'

/** What PERFORMANCE wants of Livret, as a part of the limit. */
const targets: Readonly<Record<BenchAlgorithm, number>> = { ES256: 0.75, ES256K: 0.2, EdDSA: 0.8 }

/** What DESIGN section 5 wants, as a multiple of did-jwt-vc. */
const timesDidJwtVc = 20

export async function run({ rounds = 7, turn = 300 } = {}): Promise<BenchResult> {
  const fixture = await createFixture()
  try {
    return await measureFixture(fixture, { rounds, turn })
  } finally {
    await fixture.stop()
  }
}

async function measureFixture(
  { samples, verifier, pin }: Fixture,
  { rounds, turn }: { rounds: number; turn: number },
): Promise<BenchResult> {
  const tasks = await Promise.all(samples.map((sample) => createContestants(sample, verifier)))
  const rates = await measure(tasks.flat(), { rounds, turn, warmUp: 20 })
  const limit = rates.get(`ES256: ${names.limit}`) ?? Number.NaN
  const streams = await measureStreams(samples[0]?.anchored ?? [], pin, limit)
  return {
    bench: 'verify',
    node: process.versions.node,
    results: [
      ...samples.flatMap(({ algorithm }) => {
        const own = [...rates].filter(([name]) => name.startsWith(`${algorithm}:`))
        return measurements(new Map(own), `${algorithm}: ${names.limit}`)
      }),
      ...streams.results,
    ],
    checks: [...samples.flatMap(({ algorithm }) => checksOf(algorithm, rates)), ...streams.checks],
  }
}

function checksOf(
  algorithm: BenchAlgorithm,
  rates: ReadonlyMap<string, number>,
): readonly BenchCheck[] {
  const rate = (name: string) => rates.get(`${algorithm}: ${name}`) ?? Number.NaN
  const livret = rate(names.livret)
  const ofLimit = atLeast(
    `${algorithm}: Livret, of the limit`,
    targets[algorithm],
    livret / rate(names.limit),
  )
  if (algorithm !== 'ES256') return [ofLimit]
  const ofJose = atLeast(`${algorithm}: Livret, of jose`, 1, livret / rate(names.jose))
  const peer = livret / rate(names.didJwtVc)
  return [ofLimit, ofJose, atLeast(`${algorithm}: Livret, times did-jwt-vc`, timesDidJwtVc, peer)]
}
