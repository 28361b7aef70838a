/**
 * `npm run bench -- gas`: what leaving a trace costs, of an issue and of a revocation, with Livret and
 * with the contracts of others, deployed on one chain in one run.
 *
 * "A second" means: so many credentials fit into the blocks of a chain that takes 30,000,000 gas every
 * 12 seconds and does nothing else. The limit is one slot and one event, written by anybody, which
 * serves as many credentials as Livret's call does.
 *
 * @module
 */
import { floorRow, measureFloor } from './gas/floor.ts'
import { measureLivret, type LivretGas } from './gas/livret.ts'
import { startMeter } from './gas/meter.ts'
import { measurePeers } from './gas/peers.ts'
import type { GasRow } from './gas/rows.ts'
import { atMost, measurements, type BenchCheck, type BenchResult } from './report.ts'

const gasPerSecond = 30_000_000 / 12

export async function run(): Promise<BenchResult> {
  const meter = await startMeter()
  const floor = await measureFloor(meter)
  const livret = await measureLivret(meter)
  const rows = [
    floorRow(floor, 'issue', 100),
    { name: 'issue: Livret anchor(root)', gas: livret.anchor, credentials: 100 },
    {
      name: 'issue: Livret anchorMany, each further root',
      gas: livret.anchorFurther,
      credentials: 100,
    },
    floorRow(floor, 'revoke', 256),
    { name: 'revoke: Livret revoke × 256 in a word', gas: livret.revokeWord, credentials: 256 },
    { name: 'revoke: Livret revoke × 100 over 8 words', gas: livret.revoke100, credentials: 100 },
    ...(await measurePeers(meter)),
  ]
  const acts = ['issue', 'revoke']
  return {
    bench: 'gas',
    node: process.versions.node,
    results: acts.flatMap((act) =>
      compare(
        rows.filter(({ name }) => name.startsWith(`${act}:`)),
        act,
      ),
    ),
    checks: budgets(livret),
  }
}

/** The rows of one act beside its floor, the cheapest first. */
function compare(rows: readonly GasRow[], act: string) {
  const rates = rows.map(({ name, gas, credentials }) => {
    return [name, (gasPerSecond * credentials) / gas] as const
  })
  const limit = rows.find(({ name }) => name.startsWith(`${act}: floor`))?.name ?? ''
  return measurements(new Map(rates), limit).map((measurement) => {
    const row = rows.find(({ name }) => name === measurement.name)
    return row === undefined
      ? measurement
      : { ...measurement, gas: row.gas, credentials: row.credentials }
  })
}

/** DESIGN section 2. A mirrored anchor and a checkpoint join them with the mirror itself. */
function budgets(gas: LivretGas): readonly BenchCheck[] {
  return [
    atMost('gas of the first accredit, by the authority', 60_000, gas.accreditFirst),
    atMost('gas of an accredit at depth 5', 75_000, gas.accreditDepth5),
    atMost('gas of an anchor', 58_000, gas.anchor),
    atMost('gas of each further root of anchorMany', 27_000, gas.anchorFurther),
    atMost('gas of 256 revocations in a word', 52_000, gas.revokeWord),
    atMost('gas of 100 revocations over 8 words', 240_000, gas.revoke100),
    atMost('gas of accreditationAt at depth 6', 50_000, gas.accreditationAtDepth6),
  ]
}
