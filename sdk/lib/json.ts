/**
 * JSON as it comes from strangers: RFC 8259 with what RFC 7493 (I-JSON) forbids refused, because two
 * readers must never see two different things in one signed text.
 *
 * @module
 */
import { fromUtf8 } from './bytes.ts'

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
  let value: Json
  try {
    value = parseJson(text)
  } catch {
    return { problem: 'not JSON' }
  }
  const members = countMembers(value, maxJsonDepth)
  if (typeof members === 'string') return { problem: members }
  // JSON.parse keeps the last of two equal members, so fewer are left than were written.
  return members === countColons(text) ? { value } : { problem: 'a member stands twice' }
}

/** {@link readJson} of UTF-8 bytes. */
export function readJsonBytes(bytes: Uint8Array): JsonResult {
  let text: string
  try {
    text = fromUtf8(bytes)
  } catch {
    return { problem: 'not UTF-8' }
  }
  return readJson(text)
}

/** Tells a JSON object from the other values. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string): Json {
  const parse: (text: string) => Json = JSON.parse
  return parse(text)
}

/** How many members `value` holds on all levels, or what is wrong with it. */
function countMembers(value: Json, depth: number): number | JsonProblem {
  if (typeof value !== 'object' || value === null) return 0
  if (depth === 0) return 'nested too deeply'
  let count = 0
  if (isList(value)) {
    for (const item of value) {
      const inner = countMembers(item, depth - 1)
      if (typeof inner === 'string') return inner
      count += inner
    }
    return count
  }
  for (const name of Object.keys(value)) {
    if (name === '__proto__') return 'a forbidden member'
    const inner = countMembers(value[name] ?? null, depth - 1)
    if (typeof inner === 'string') return inner
    count += inner + 1
  }
  return count
}

/** How many colons of a correct JSON text stand outside its strings: as many as members were written. */
function countColons(text: string): number {
  let count = 0
  let colon = text.indexOf(':')
  let quote = text.indexOf('"')
  while (colon !== -1) {
    if (quote === -1 || colon < quote) {
      count += 1
      colon = text.indexOf(':', colon + 1)
      continue
    }
    const end = endOfString(text, quote)
    if (colon < end) colon = text.indexOf(':', end)
    quote = text.indexOf('"', end)
  }
  return count
}

/** The position after the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end + 1
}

/** Whether an odd number of backslashes stands before `position`. */
function isEscaped(text: string, position: number): boolean {
  let first = position
  while (text.charCodeAt(first - 1) === 92) first -= 1
  return (position - first) % 2 === 1
}

/** `Array.isArray` that also narrows the other branch. */
function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value)
}
