import type { Context } from '../context.ts'

const repeatMilliseconds = 300_000

/** When each alarm was raised last, and how often each event. */
interface Raised {
  times: Map<string, number>
  counts: Map<string, number>
}
const raised = new WeakMap<Context['log'], Raised>()

/**
 * Reports what a person should look at. The same alarm is raised once in five minutes: the reconciler
 * comes by every few seconds and finds what it found before.
 */
export function alarm(
  { log, now }: Pick<Context, 'log' | 'now'>,
  event: string,
  facts: Record<string, unknown>,
): void {
  const { times, counts } = raisedIn(log)
  const key = `${event} ${JSON.stringify(facts)}`
  const time = now().getTime()
  const last = times.get(key)
  if (last !== undefined && time - last < repeatMilliseconds) return
  if (times.size >= 1_000) times.clear()
  times.set(key, time)
  counts.set(event, (counts.get(event) ?? 0) + 1)
  log.error(event, facts)
}

/** How often each alarm was raised in this process. */
export function alarmCounts(log: Context['log']): ReadonlyMap<string, number> {
  return raisedIn(log).counts
}

function raisedIn(log: Context['log']): Raised {
  const known = raised.get(log) ?? { times: new Map(), counts: new Map() }
  raised.set(log, known)
  return known
}
