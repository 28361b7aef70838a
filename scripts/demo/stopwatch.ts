/** What the demo spends its time on, in the order in which it is first entered. */
export const stages = [
  'read',
  'deploy',
  'accredit',
  'issue',
  'anchor',
  'verify',
  'revoke',
  'attack',
] as const
export type Stage = (typeof stages)[number]

/** Adds up how long each stage takes, however often it is entered. */
export interface Stopwatch {
  time<T>(stage: Stage, work: () => Promise<T>): Promise<T>
  /** Seconds of each stage so far, to the millisecond. */
  seconds(): Readonly<Record<string, number>>
}

/** @param now - Milliseconds, of a clock that does not jump. */
export function createStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const spent = new Map<Stage, number>(stages.map((stage) => [stage, 0]))
  return {
    async time(stage, work) {
      const start = now()
      try {
        return await work()
      } finally {
        spent.set(stage, (spent.get(stage) ?? 0) + now() - start)
      }
    },
    seconds: () =>
      Object.fromEntries([...spent].map(([stage, time]) => [stage, Math.round(time) / 1000])),
  }
}
