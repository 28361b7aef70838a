/**
 * JSON as it comes from strangers: RFC 8259 with what RFC 7493 (I-JSON) forbids refused, because two
 * readers must never see two different things in one signed text.
 *
 * @module
 */
import { fromUtf8, utf8 } from './bytes.ts'

/** Anything that JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object; members may be absent. */
export interface JsonObject {
  readonly [member: string]: Json | undefined
}

/** How much nesting is read; deeper is an attack, not a credential. */
export const maxJsonDepth = 64

/**
 * How many members and items are read, on all levels. A credential has some hundred; what looks at each
 * of a million, and finds each wrong, is busy for seconds.
 */
export const maxJsonValues = 5_000

/** Why a text was refused. */
export type JsonProblem =
  | 'not UTF-8'
  | 'not JSON'
  | 'nested too deeply'
  | 'too many values'
  | 'a member stands twice'
  | 'a forbidden member'
  | 'a lone surrogate'
  | 'a number out of range'

/** What reading gave: the value, or why there is none. */
export type JsonResult =
  { value: Json; problem?: undefined } | { value?: undefined; problem: JsonProblem }

/**
 * Reads JSON strictly. Refused: syntax errors, a byte order mark, a member that stands twice in one
 * object (also when written with escapes), a member named `__proto__`, half of a surrogate pair, a
 * number beyond what a double holds, more than 64 levels, more than 5,000 values.
 *
 * @returns The value, or the problem. Never throws.
 *
 * @example
 * ```ts
 * readJson('{"a":1,"\\u0061":2}').problem // 'a member stands twice'
 * ```
 */
export function readJson(text: string): JsonResult {
  return text.isWellFormed() ? read(text, utf8(text)) : { problem: 'a lone surrogate' }
}

/** {@link readJson} of UTF-8 bytes. */
export function readJsonBytes(bytes: Uint8Array): JsonResult {
  try {
    return read(fromUtf8(bytes), bytes)
  } catch {
    return { problem: 'not UTF-8' }
  }
}

/** Tells a JSON object from the other values. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function read(text: string, bytes: Uint8Array): JsonResult {
  const written = measure(bytes)
  if (written.depth > maxJsonDepth) return { problem: 'nested too deeply' }
  if (written.values > maxJsonValues) return { problem: 'too many values' }
  const value = parseJson(text)
  if (value === undefined) return { problem: 'not JSON' }
  const members = countMembers(value)
  if (Number.isNaN(members)) return { problem: problemIn(value) }
  if (hasEscapedSurrogate(text) && !isWellFormed(value)) return { problem: 'a lone surrogate' }
  // JSON.parse keeps the last of two equal members, so fewer are left than were written.
  return members === written.members ? { value } : { problem: 'a member stands twice' }
}

function parseJson(text: string): Json | undefined {
  const parse: (text: string) => Json = JSON.parse
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/** In UTF-8. */
const byteOf = { quote: 0x22, backslash: 0x5c, colon: 0x3a, comma: 0x2c } as const

/** What is seen of a JSON text before it is read. */
interface Measures {
  depth: number
  /** As many as colons stand outside strings. */
  members: number
  /** Members and items: one for each comma, and for the first of each list or object. */
  values: number
}

/** Measures a text in one pass, since every credential goes through it (bench: verify). */
function measure(bytes: Uint8Array): Measures {
  let [level, depth, members, values] = [0, 0, 0, 0]
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === byteOf.quote) {
      i = endOfString(bytes, i)
    } else if (byte === byteOf.colon) {
      members += 1
    } else if (byte === byteOf.comma) {
      values += 1
    } else if (byte === 0x7b || byte === 0x5b) {
      values += 1
      level += 1
      if (level > depth) depth = level
    } else if (byte === 0x7d || byte === 0x5d) {
      level -= 1
    }
  }
  return { depth, members, values }
}

/** The position of the quote that closes the string opened at `start`. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let i = start + 1; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === byteOf.quote) return i
    // What a backslash escapes is skipped with it.
    if (byte === byteOf.backslash) i += 1
  }
  return bytes.length
}

/** How many members `value` holds on all levels; `NaN` if it holds what {@link problemIn} tells. */
function countMembers(value: Json | undefined): number {
  // Infinity, which 1e400 becomes, less itself is NaN.
  if (typeof value === 'number') return value - value
  if (typeof value !== 'object' || value === null) return 0
  if (isList(value)) return value.reduce<number>((count, item) => count + countMembers(item), 0)
  let count = 0
  // Not Object.keys: the names need no list of their own.
  for (const name in value) {
    count += name === '__proto__' ? Number.NaN : 1 + countMembers(value[name])
  }
  return count
}

/** Why {@link countMembers} found no number. */
function problemIn(value: Json): JsonProblem {
  return someValue(value, (_, name) => name === '__proto__')
    ? 'a forbidden member'
    : 'a number out of range'
}

/** Whether JSON may name half of a pair: bytes in UTF-8 hold none, so that only an escape can. */
function hasEscapedSurrogate(text: string): boolean {
  return text.includes('\\ud') || text.includes('\\uD')
}

function isWellFormed(value: Json): boolean {
  return !someValue(
    value,
    (each, name) => !name.isWellFormed() || (typeof each === 'string' && !each.isWellFormed()),
  )
}

/** Whether `test` holds for a value on any level, or for its name; items have none. */
function someValue(value: Json, test: (value: Json, name: string) => boolean, name = ''): boolean {
  if (test(value, name)) return true
  if (typeof value !== 'object' || value === null) return false
  if (isList(value)) return value.some((item) => someValue(item, test))
  return Object.entries(value).some(
    ([inner, item]) => item !== undefined && someValue(item, test, inner),
  )
}

/** `Array.isArray` that also narrows the other branch. */
function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value)
}
