import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { HostileCase } from './case.ts'

/** How a case went. */
export interface CaseResult {
  name: string
  expected: string
  /** The code that came, or what the verifier threw. */
  code: string
  /** Median of all runs; of the processor's own time where others keep it busy. */
  milliseconds: number
  /** The most that one run left in memory before anything was collected. */
  megabytes: number
  /** What speaks against it; nothing if all is well. */
  misses: readonly string[]
}

/** What every case must keep to. */
export interface Limits {
  milliseconds: number
  megabytes: number
}

/** Issue 3, item 3: within 50 ms; and memory in proportion to tokens of at most 1 MB. */
export const limits: Limits = { milliseconds: 50, megabytes: 32 }

/** Carries a case out several times, and judges what came of it. */
export async function runCase(
  hostile: HostileCase,
  { milliseconds, megabytes }: Limits = limits,
  runs = 5,
): Promise<CaseResult> {
  const measured: Awaited<ReturnType<typeof runOnce>>[] = []
  for (let i = 0; i < runs; i++) {
    // Takes longer than most cases: only where memory counts.
    if (megabytes < Infinity) collectGarbage()
    measured.push(await runOnce(hostile))
  }
  const codes = [...new Set(measured.map(({ code }) => code))]
  const times = measured.map((each) => each.milliseconds).toSorted((a, b) => a - b)
  const median = times[Math.floor(runs / 2)] ?? Infinity
  const growth = Math.max(...measured.map((each) => each.megabytes))
  const foreign = measured
    .flatMap(({ asked }) => asked)
    .find((address) => !hostile.mayAsk.includes(address))
  const misses = [
    ...(codes.join() === hostile.code ? [] : [`expected ${hostile.code}`]),
    ...(median <= milliseconds ? [] : [`slower than ${milliseconds} ms`]),
    ...(growth <= megabytes ? [] : [`more than ${megabytes} MB`]),
    ...(foreign === undefined ? [] : [`asked ${foreign}`]),
    ...('polluted' in {} ? ['changed the prototype of all objects'] : []),
  ]
  return {
    name: hostile.name,
    expected: hostile.code,
    code: codes.join(),
    milliseconds: median,
    megabytes: growth,
    misses,
  }
}

async function runOnce(hostile: HostileCase) {
  const around: string[] = []
  const restore = watchFetch(around)
  const before = usedMemory()
  const start = { time: performance.now(), processor: process.cpuUsage() }
  try {
    const { code, asked } = await hostile.run()
    return { code, asked: [...asked, ...around], ...since(start, before) }
  } catch (error) {
    return { code: `crash: ${String(error)}`, asked: around, ...since(start, before) }
  } finally {
    restore()
  }
}

/** Notes what is fetched by the platform's own `fetch`, past the one that the verifier was given. */
function watchFetch(asked: string[]): () => void {
  const { fetch } = globalThis
  globalThis.fetch = (input) => {
    asked.push(input instanceof Request ? input.url : String(input))
    return Promise.reject(new Error('nothing is fetched here'))
  }
  return () => {
    globalThis.fetch = fetch
  }
}

interface Start {
  time: number
  processor: NodeJS.CpuUsage
}

function since({ time, processor }: Start, memory: number) {
  const elapsed = performance.now() - time
  const { user, system } = process.cpuUsage(processor)
  const milliseconds = Math.min(elapsed, (user + system) / 1000)
  return { milliseconds, megabytes: Math.max(0, usedMemory() - memory) / 2 ** 20 }
}

function usedMemory(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

let collector: (() => void) | undefined

function collectGarbage(): void {
  if (collector === undefined) {
    setFlagsFromString('--expose-gc')
    const gc: unknown = runInNewContext('gc')
    collector = isFunction(gc) ? gc : () => undefined
  }
  collector()
}

function isFunction(value: unknown): value is () => void {
  return typeof value === 'function'
}
