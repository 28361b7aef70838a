import { setTimeout as sleep } from 'node:timers/promises'
import { checkAll } from '../kill9/check.ts'
import type { Fault } from './faults.ts'
import { startLoad } from './load.ts'
import type { Stand } from './stand.ts'

/** How a fault went. */
export interface FaultResult {
  fault: string
  /** Credentials that were acknowledged while it lasted; all of them were checked. */
  credentials: number
  /** How many of these were revoked. */
  revoked: number
  seconds: number
  /** What was checked of each credential, root and entry. */
  checked: readonly string[]
  /** What speaks against it; nothing if all is well. */
  misses: readonly string[]
}

const checked = [
  'anchored once on every chain',
  'no status index used twice',
  'valid, or invalid where revoked',
] as const
const calmMilliseconds = 500

/** Lets a fault happen under load, then checks everything that was acknowledged meanwhile. */
export async function runFault(stand: Stand, { name, happen }: Fault): Promise<FaultResult> {
  const began = performance.now()
  const before = new Set(stand.clients.known.keys())
  const load = startLoad(stand.clients)
  await sleep(calmMilliseconds)
  const failure = await happen(stand).then(
    () => [],
    (error: unknown) => [String(error)],
  )
  await sleep(calmMilliseconds)
  const refused = await load.stop()

  const fresh = [...stand.clients.known.values()].filter(({ id }) => !before.has(id))
  const misses = [...failure, ...refused, ...(await checkAll(stand, fresh))]
  return {
    fault: name,
    credentials: fresh.length,
    revoked: fresh.filter(({ isRevoked }) => isRevoked).length,
    seconds: Math.round((performance.now() - began) / 100) / 10,
    checked,
    misses,
  }
}
