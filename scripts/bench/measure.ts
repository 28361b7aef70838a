/**
 * Measures contestants side by side: in turns, so that a busy moment of the machine hits all of them,
 * and by the median, so that it does not count.
 *
 * @module
 */

/** One contestant. */
export interface Task {
  name: string
  /** How many operations one call of `run` makes. */
  ops: number
  run: () => unknown
}

export interface MeasureOptions {
  /** How often each contestant has its turn. */
  rounds?: number
  /** How long a turn lasts at least, in milliseconds; a turn is at least one call. */
  turn?: number
  /** Calls before the first turn, so that everything is compiled and loaded. */
  warmUp?: number
}

/** Operations a second of each task, by its name. */
export async function measure(
  tasks: readonly Task[],
  { rounds = 5, turn = 300, warmUp = 1 }: MeasureOptions = {},
): Promise<ReadonlyMap<string, number>> {
  for (const { run } of tasks) for (let i = 0; i < warmUp; i++) await run()
  const rates = new Map(tasks.map(({ name }) => [name, new Array<number>()]))
  for (let round = 0; round < rounds; round++) {
    for (const task of tasks) rates.get(task.name)?.push(await rateOf(task, turn))
  }
  return new Map([...rates].map(([name, all]) => [name, median(all)]))
}

async function rateOf({ ops, run }: Task, turn: number): Promise<number> {
  const start = performance.now()
  let calls = 0
  let elapsed: number
  do {
    const answer = run()
    if (answer instanceof Promise) await answer
    calls++
    elapsed = performance.now() - start
  } while (elapsed < turn)
  return (calls * ops * 1000) / elapsed
}

/** The middle value; the mean of the two middle ones where there are two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
