/**
 * `npm run bench -- openid4vc`: how many times a second a credential goes from offer to wallet, and from
 * request to verified result; the limit is issuing one without any wallet. Server and wallets share the
 * process. Then many flows, to see whether anything stays behind.
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { loadConfig } from '../../server/config.ts'
import { createLog } from '../../server/log.ts'
import { startServer } from '../../server/main.ts'
import { admitIssuer } from './issue/admit-issuer.ts'
import { freePort } from './issue/free-port.ts'
import { median } from './measure.ts'
import { flowsOf, type Flows } from './openid4vc/flows.ts'
import { atMost, measurements, type BenchResult } from './report.ts'

/** How many flows are under way at any time. */
const connections = 8
const limit = 'POST /credentials/issue, no wallet'

export async function run({ rounds = 3, turn = 3_000, flows = 10_000 } = {}): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'livret-bench-'))
  const port = await freePort()
  const config = await loadConfig({ PORT: String(port), LIVRET_DATA_DIR: folder })
  const server = await startServer(config, createLog('error'))
  try {
    const parts = flowsOf(config.baseUrl, config.token, await admitIssuer(server))
    const rates = await race(parts, rounds, turn)
    const grown = await growthOver(parts, flows)
    return {
      bench: 'openid4vc',
      node: process.versions.node,
      results: measurements(rates, limit),
      checks: [atMost(`heap grown over ${flows} flows, in MB`, 24, grown)],
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function race(parts: Flows, rounds: number, turn: number) {
  const held = await parts.receive()
  const contestants: [string, () => Promise<unknown>][] = [
    [limit, () => parts.issue()],
    ['offer → credential in the wallet', () => parts.receive()],
    ['request → verified result', () => parts.present(held)],
  ]
  const rates = new Map(contestants.map(([name]) => [name, new Array<number>()]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of contestants) rates.get(name)?.push(await rateOf(work, turn))
  }
  return new Map([...rates].map(([name, all]) => [name, median(all)]))
}

/** How often `work` is done in a second. */
async function rateOf(work: () => Promise<unknown>, milliseconds: number): Promise<number> {
  const start = performance.now()
  let count = 0
  await atOnce(async () => {
    while (performance.now() - start < milliseconds) {
      await work()
      count++
    }
  })
  return (count * 1_000) / (performance.now() - start)
}

/** Megabytes that stay on the heap after so many flows, half of each kind; warmed up by a tenth more. */
async function growthOver(parts: Flows, flows: number): Promise<number> {
  const rounds = async (count: number) => {
    let left = Math.ceil(count / 2)
    await atOnce(async () => {
      while (left-- > 0) await parts.present(await parts.receive())
    })
  }
  await rounds(flows / 10)
  const before = heapInUse()
  await rounds(flows)
  return (heapInUse() - before) / 1e6
}

function atOnce(work: () => Promise<void>): Promise<unknown> {
  return Promise.all(Array.from({ length: connections }, work))
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc()')
  return process.memoryUsage().heapUsed
}
