/**
 * What every bench answers, and how it is shown: a table for people, one JSON line for machines.
 *
 * @module
 */

/** How fast one contestant was. */
export interface Measurement {
  name: string
  opsPerSecond: number
  /** 1 is as fast as the limit that the bench names; below 1 is slower. */
  ratioToLimit: number
  /** Of the transaction, where gas is what was measured; it served so many credentials. */
  gas?: number
  credentials?: number
}

/** A promise made in PERFORMANCE or DESIGN, and whether it was kept in this run. */
export interface BenchCheck {
  name: string
  target: number
  value: number
  holds: boolean
}

export interface BenchResult {
  bench: string
  /** Version of Node that it ran on. */
  node: string
  results: readonly Measurement[]
  /** Bytes of the parts of what was made, where that is what matters. */
  parts?: Readonly<Record<string, number>>
  checks: readonly BenchCheck[]
}

/** A promise that `value` reaches `target`. */
export function atLeast(name: string, target: number, value: number): BenchCheck {
  return { name: `${name}, at least`, target, value: rounded(value), holds: value >= target }
}

/** A promise that `value` does not exceed `target`. */
export function atMost(name: string, target: number, value: number): BenchCheck {
  return { name: `${name}, at most`, target, value: rounded(value), holds: value <= target }
}

/** Rates against the rate of the contestant called `limit`, fastest first. */
export function measurements(
  rates: ReadonlyMap<string, number>,
  limit: string,
): readonly Measurement[] {
  const best = rates.get(limit)
  if (best === undefined) throw new Error(`bench: nobody called ${limit} was measured`)
  return [...rates]
    .map(([name, rate]) => ({
      name,
      opsPerSecond: rounded(rate),
      ratioToLimit: rounded(rate / best),
    }))
    .toSorted((a, b) => b.opsPerSecond - a.opsPerSecond)
}

/** The result as lines of text for people. */
export function tableOf({ bench, node, results, parts, checks }: BenchResult): string {
  const rows = results.map(({ name, opsPerSecond, ratioToLimit, gas }) => [
    name,
    `${inWords(opsPerSecond)}/s`,
    inWords(ratioToLimit),
    gas === undefined ? '' : `${gas.toLocaleString('en')} gas`,
  ])
  const kept = checks.map(({ name, target, value, holds }) => [
    holds ? 'holds' : 'BROKEN',
    `${inWords(value)} of ${inWords(target)}`,
    name,
  ])
  const title = `${bench}, Node ${node}`
  const weighed = Object.entries(parts ?? {}).map(([name, bytes]) => [
    name,
    `${bytes.toLocaleString('en')} bytes`,
  ])
  return [
    title,
    ...aligned([['', 'a second', '× limit', ''], ...rows]),
    '',
    ...(parts === undefined ? [] : [...aligned(weighed), '']),
    ...aligned(kept),
  ].join('\n')
}

/**
 * Prints the table, or with `json` the one line. With `strict`, a broken promise makes the process exit
 * with 1.
 */
export function show(
  result: BenchResult,
  { json, strict }: { json: boolean; strict: boolean },
): void {
  console.log(json ? JSON.stringify(result) : tableOf(result))
  if (strict && result.checks.some(({ holds }) => !holds)) process.exitCode = 1
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

function inWords(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}

/** Four significant digits: more would pretend that the measurement is that good. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
