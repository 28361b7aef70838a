/**
 * Records of one accreditor for one subject, right and scope: a series, numbered from 0 without gaps.
 *
 * On one chain, a record that a bundle leaves out can only make the verdict stricter. Across chains it is different: a
 * record that was ended on another chain has ended here, too, so that leaving it out there would hide something. Hence
 * a series that counts on one chain must be shown whole on every other.
 *
 * @module
 */
import type { RecordName } from '../chain/registry-calls.ts'
import { recordOrder } from './bundle.ts'

/** A record that a bundle names, and whether the chain has it. */
export interface NamedRecord {
  name: RecordName
  isThere: boolean
}

/** What a bundle shows of the series on one chain. */
export interface Series {
  /** Those of which a record is there. */
  present: ReadonlySet<string>
  /** Those that are shown to their end; they may have no record at all. */
  complete: ReadonlySet<string>
}

/**
 * Sorts records into series.
 *
 * @returns `undefined` if one is said not to be there and does not end a series that is shown whole.
 */
export function seriesOf(records: readonly NamedRecord[]): Series | undefined {
  const numbers = Map.groupBy(records, ({ name }) => recordOrder({ ...name, number: 0 }))
  const present = new Set<string>()
  const complete = new Set<string>()
  for (const [series, members] of numbers) {
    const there = members.filter(({ isThere }) => isThere).map(({ name }) => name.number)
    const [end, ...more] = members.filter(({ isThere }) => !isThere)
    if (there.length > 0) present.add(series)
    if (end === undefined) continue
    // Numbers are distinct: if all are below the end and there are as many, none is left out.
    const isWhole = end.name.number === there.length && Math.max(-1, ...there) < there.length
    if (!isWhole || more.length > 0) return undefined
    complete.add(series)
  }
  return { present, complete }
}
