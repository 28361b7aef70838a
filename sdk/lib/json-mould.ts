/**
 * Moulds: JSON texts that differ in some plain strings only. A training body's certificates are alike but
 * for names, numbers and dates; so the text of the next one is held against what all had in common, and
 * the rest is cut out, in a quarter of the time that parsing takes (bench: verify).
 *
 * Texts are read strictly before a mould is made of them, and what fits has the same members and the same
 * values but for strings of printable ASCII without quotes and backslashes: whatever holds for the
 * structure of one (nothing twice, nothing too deep, nothing but UTF-8) holds for the other.
 *
 * @module
 */
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { share } from './shared.ts'

/** A text, as Latin-1 has its bytes, taken apart. */
export interface JsonSample {
  readonly text: string
  readonly value: JsonObject
  /** Where strings stand that are values, in the order of the text: between their quotes. */
  readonly leaves: readonly (readonly [start: number, end: number])[]
}

/** What the texts of one kind have in common. */
export interface JsonMould {
  readonly sample: JsonSample
  /** Which leaves of the sample may be other strings. */
  readonly holes: ReadonlySet<number>
  /** What stands before each hole and behind the last. */
  readonly pieces: readonly string[]
  readonly root: Slot
}

/** Where a value comes from: a hole by its number, the same for all, or built of others. */
type Slot =
  | { readonly hole: number }
  | { readonly constant: Json }
  | {
      readonly members: readonly (readonly [name: string, slot: Slot])[]
      readonly object: JsonObject
    }
  | { readonly items: readonly Slot[] }

/**
 * Takes a text apart.
 *
 * @param text - Its UTF-8 bytes, as Latin-1 has them.
 * @param value - What strict reading gave.
 * @returns `undefined` where the order of the members is not that of the text: for names that are numbers.
 */
export function sampleOf(text: string, value: JsonObject): JsonSample | undefined {
  const strings = stringsIn(text)
  const leaves: (readonly [number, number])[] = []
  let next = 0
  const visit = (each: Json | undefined): boolean => {
    if (typeof each === 'string') {
      leaves.push(strings[next++] ?? [0, 0])
      return true
    }
    if (Array.isArray(each)) return each.every(visit)
    if (!isJsonObject(each)) return true
    return Object.entries(each).every(([name, inner]) => {
      next += 1
      return !/^\d+$/.test(name) && visit(inner)
    })
  }
  return visit(value) && next === strings.length ? { text, value, leaves } : undefined
}

/** Makes the mould in which the leaves in `holes` may be other strings. */
export function makeMould(sample: JsonSample, holes: ReadonlySet<number>): JsonMould {
  const { text, leaves } = sample
  const pieces: string[] = []
  let end = 0
  for (const [i, leaf] of leaves.entries()) {
    if (!holes.has(i)) continue
    pieces.push(text.slice(end, leaf[0]))
    end = leaf[1]
  }
  return { sample, holes, pieces: [...pieces, text.slice(end)], root: slotsOf(sample, holes) }
}

/**
 * Which leaves of two texts differ.
 *
 * @returns `undefined` if they differ elsewhere, where a string is not plain, or in more than `most`.
 */
export function differingLeaves(
  a: JsonSample,
  b: JsonSample,
  most: number,
): readonly number[] | undefined {
  if (a.leaves.length !== b.leaves.length) return undefined
  const differing: number[] = []
  let [endA, endB] = [0, 0]
  for (const [i, [startA, nextA]] of a.leaves.entries()) {
    const [startB, nextB] = b.leaves[i] ?? [0, 0]
    if (a.text.slice(endA, startA) !== b.text.slice(endB, startB)) return undefined
    const [own, other] = [a.text.slice(startA, nextA), b.text.slice(startB, nextB)]
    if (own !== other) {
      if (differing.length === most || !plain.test(own) || !plain.test(other)) return undefined
      differing.push(i)
    }
    ;[endA, endB] = [nextA, nextB]
  }
  return a.text.slice(endA) === b.text.slice(endB) ? differing : undefined
}

/**
 * Reads a text that fits.
 *
 * @returns What strict reading gives, with the parts that are the same for all as the same objects; or
 *   `undefined` if it does not fit.
 */
export function readByMould({ pieces, root }: JsonMould, text: string): Json | undefined {
  const values: string[] = []
  const last = pieces.length - 1
  let at = 0
  for (let i = 0; i < last; i++) {
    const piece = pieces[i] ?? ''
    const start = at + piece.length
    if (text.slice(at, start) !== piece) return undefined
    at = text.indexOf('"', start)
    if (at === -1) return undefined
    const value = text.slice(start, at)
    if (!plain.test(value)) return undefined
    values.push(value)
  }
  return text.slice(at) === pieces[last] ? fill(root, values) : undefined
}

/** Printable ASCII, without what would end or escape something. */
const plain = /^[ !#-[\]-~]*$/

/** Loops, not maps: every credential that is verified goes through it (bench: verify). */
function fill(slot: Slot, values: readonly string[]): Json {
  if ('hole' in slot) return values[slot.hole] ?? ''
  if ('constant' in slot) return slot.constant
  if ('items' in slot) {
    const items: Json[] = []
    for (const item of slot.items) items.push(fill(item, values))
    return items
  }
  const object: Record<string, Json | undefined> = { ...slot.object }
  for (const [name, member] of slot.members) object[name] = fill(member, values)
  return object
}

function slotsOf({ value }: JsonSample, holes: ReadonlySet<number>): Slot {
  let [leaf, hole] = [0, 0]
  const visit = (each: Json): Slot => {
    if (typeof each === 'string') {
      return holes.has(leaf++) ? { hole: hole++ } : { constant: each }
    }
    if (isList(each)) {
      const items = each.map(visit)
      return items.every(isConstant) ? { constant: share(each) } : { items }
    }
    if (!isJsonObject(each)) return { constant: each }
    const slots = Object.entries(each).map(([name, inner]) => [name, visit(inner ?? null)] as const)
    const members = slots.filter(([, slot]) => !isConstant(slot))
    // A copy, since whoever got the sample may change it: what is read later must not follow.
    return members.length === 0 ? { constant: share(each) } : { members, object: { ...each } }
  }
  return visit(value)
}

function isConstant(slot: Slot): boolean {
  return 'constant' in slot
}

/** Where strings stand, names and values alike: between their quotes. */
function stringsIn(text: string): readonly (readonly [number, number])[] {
  return Array.from(text.matchAll(/"((?:[^"\\]|\\.)*)"/g), ({ index, 1: inner = '' }) => [
    index + 1,
    index + 1 + inner.length,
  ])
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
