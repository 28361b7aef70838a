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

/** Why a text was refused. */
export type JsonProblem =
  'not UTF-8' | 'not JSON' | 'nested too deeply' | 'a member stands twice' | 'a forbidden member'

/** What reading gave: the value, or why there is none. */
export type JsonResult =
  { value: Json; problem?: undefined } | { value?: undefined; problem: JsonProblem }

/**
 * Reads JSON strictly. Refused: syntax errors, a byte order mark, a member that stands twice in one
 * object (also when written with escapes), a member named `__proto__`, more than 64 levels.
 *
 * @returns The value, or the problem. Never throws.
 *
 * @example
 * ```ts
 * readJson('{"a":1,"\\u0061":2}').problem // 'a member stands twice'
 * ```
 */
export function readJson(text: string): JsonResult {
  return read(text, utf8(text))
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
  const value = parseJson(text)
  if (value === undefined) return { problem: 'not JSON' }
  const members = countMembers(value)
  if (Number.isNaN(members)) return { problem: 'a forbidden member' }
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

/** `"`, `\\`, `:` and the brackets, in UTF-8. */
const byteOf = { quote: 0x22, backslash: 0x5c, colon: 0x3a } as const

/**
 * How deep a JSON text is nested, and how many members were written: as many as colons stand outside
 * its strings. One pass, since every credential goes through it (bench: verify).
 */
function measure(bytes: Uint8Array): { depth: number; members: number } {
  let [level, depth, members] = [0, 0, 0]
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === byteOf.quote) {
      i = endOfString(bytes, i)
    } else if (byte === byteOf.colon) {
      members += 1
    } else if (byte === 0x7b || byte === 0x5b) {
      level += 1
      if (level > depth) depth = level
    } else if (byte === 0x7d || byte === 0x5d) {
      level -= 1
    }
  }
  return { depth, members }
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

/** How many members `value` holds on all levels; `NaN` if one is `__proto__`. */
function countMembers(value: Json | undefined): number {
  if (typeof value !== 'object' || value === null) return 0
  if (isList(value)) return value.reduce<number>((count, item) => count + countMembers(item), 0)
  let count = 0
  // Not Object.keys: the names need no list of their own.
  for (const name in value) {
    count += name === '__proto__' ? Number.NaN : 1 + countMembers(value[name])
  }
  return count
}

/** `Array.isArray` that also narrows the other branch. */
function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value)
}
