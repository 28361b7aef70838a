/**
 * One blow: work is asked for, something dies at a marked point, everything is started again, the clients
 * ask again for what was not acknowledged to them.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { checkAll } from './check.ts'
import type { CrashPoint, Victim } from './points.ts'
import type { Known } from './clients.ts'
import type { Stand } from './stand.ts'

/** What dies where. */
export interface CrashCase {
  point: CrashPoint
  victim: Victim
}

/** How a case went. */
export interface CaseResult {
  point: string
  phase: CrashPoint['phase']
  victim: Victim
  /** How many of the credentials asked for were acknowledged before the blow. */
  acknowledged: number
  /** How many were asked for. */
  asked: number
  seconds: number
  /** What speaks against it; nothing if all is well. */
  misses: readonly string[]
}

const credentials = 3
const patienceMilliseconds = 60_000

/** Carries a case out. The stand serves when this returns, unless it is a miss. */
export async function runCase(stand: Stand, crash: CrashCase): Promise<CaseResult> {
  const began = performance.now()
  const { name: point, phase } = crash.point
  const { acknowledged, misses } = await strike(stand, crash).catch((error: unknown) => ({
    acknowledged: 0,
    misses: [String(error)],
  }))
  const seconds = (performance.now() - began) / 1000
  return { point, phase, victim: crash.victim, acknowledged, asked: credentials, seconds, misses }
}

async function strike(stand: Stand, { point, victim }: CrashCase) {
  const ids = Array.from({ length: credentials }, () => stand.clients.newId())
  const doomed = [...stand.clients.known.values()].find(({ isRevoked }) => !isRevoked)
  await stand.arm(point.name, victim)

  const revoking = doomed === undefined ? [] : [stand.clients.revoke(doomed.id)]
  const issued = await Promise.all(ids.map((id) => stand.clients.issue(id)))
  await Promise.all(revoking)
  const hasFallen = await untilFallen(stand)
  await stand.disarm()
  // A node that dies is the server's to start again; without its database it can only be started anew.
  if (victim !== 'node') await stand.restart()
  return {
    acknowledged: issued.filter(Boolean).length,
    misses: hasFallen ? await finish(stand, ids, doomed) : ['the point was never reached'],
  }
}

async function untilFallen({ hasFallen }: Stand): Promise<boolean> {
  for (const began = Date.now(); Date.now() - began < patienceMilliseconds;) {
    if (hasFallen()) return true
    await sleep(50)
  }
  return false
}

/** Clients insist until they have an answer. */
async function finish(
  stand: Stand,
  ids: readonly string[],
  doomed: Known | undefined,
): Promise<readonly string[]> {
  const refused: string[] = []
  for (const id of ids) {
    if (!(await insist(() => stand.clients.issue(id)))) refused.push(`${id} is refused`)
  }
  if (doomed !== undefined && !(await insist(() => stand.clients.revoke(doomed.id)))) {
    refused.push(`revoking ${doomed.id} is refused`)
  }
  const fresh = ids.flatMap((id) => stand.clients.known.get(id) ?? [])
  return [...refused, ...(await checkAll(stand, doomed === undefined ? fresh : [...fresh, doomed]))]
}

async function insist(ask: () => Promise<boolean>): Promise<boolean> {
  for (const began = Date.now(); Date.now() - began < patienceMilliseconds;) {
    if (await ask()) return true
    await sleep(500)
  }
  return false
}
