import type { Context } from '../context.ts'

const repeatMilliseconds = 300_000
const raised = new WeakMap<Context['log'], Map<string, number>>()

/**
 * Reports what a person should look at. The same alarm is raised once in five minutes: the reconciler
 * comes by every few seconds and finds what it found before.
 */
export function alarm(
  { log, now }: Pick<Context, 'log' | 'now'>,
  event: string,
  facts: Record<string, unknown>,
): void {
  const times = raised.get(log) ?? new Map<string, number>()
  raised.set(log, times)
  const key = `${event} ${JSON.stringify(facts)}`
  const time = now().getTime()
  const last = times.get(key)
  if (last !== undefined && time - last < repeatMilliseconds) return
  if (times.size >= 1_000) times.clear()
  times.set(key, time)
  log.error(event, facts)
}
