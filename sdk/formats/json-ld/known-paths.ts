/**
 * A memory of what JSON-LD processing found good, so that it is done once for each way in which a
 * credential can be built, and not for each credential.
 *
 * What a term means follows from the contexts and from the types of the objects on the way to it. So a
 * document is good if each of its values stands at the end of a way that was good before, and is of the
 * same kind. What could make a difference beyond that is never remembered: contexts inside, proofs
 * (whose values name terms), keywords other than those of a text in a language.
 *
 * @module
 */
import { isShared } from '../../lib/shared.ts'

/** Where ways lead on: kinds of plain values, and objects by their types. */
export interface Paths {
  kinds: number
  readonly objects: Map<string, Map<string, Paths>>
  /** Values that many documents share, and whose ways from here on are known. */
  readonly shared: WeakSet<object>
}

/** An object as JSON has it. */
export type JsonObjectLike = Readonly<Record<string, unknown>>

/** The beginning of all ways. */
export function noPaths(): Paths {
  return { kinds: 0, objects: new Map(), shared: new WeakSet() }
}

/**
 * Tells whether every way in `document` is known.
 *
 * @param ignored - Members of the document itself that are no part of it.
 */
export function isKnown(
  document: JsonObjectLike,
  paths: Paths,
  ignored: ReadonlySet<string>,
): boolean {
  return followObject(document, paths, false, ignored)
}

/** Remembers every way in `document` that can be remembered. */
export function remember(
  document: JsonObjectLike,
  paths: Paths,
  ignored: ReadonlySet<string>,
): void {
  followObject(document, paths, true, ignored)
}

/** Loops, not maps: every credential that is verified goes through it (bench: verify). */
function follow(value: unknown, paths: Paths, isNew: boolean): boolean {
  if (!isObject(value) || !isShared(value)) return followOnce(value, paths, isNew)
  const isGood = paths.shared.has(value) || followOnce(value, paths, isNew)
  if (isGood) paths.shared.add(value)
  return isGood
}

function followOnce(value: unknown, paths: Paths, isNew: boolean): boolean {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    for (const item of items) {
      if (Array.isArray(item) || !follow(item, paths, isNew)) return false
    }
    return true
  }
  if (isObject(value)) return followObject(value, paths, isNew, nothing)
  const kind = kindOf(value)
  if (isNew) paths.kinds |= kind
  return (paths.kinds & kind) !== 0
}

const nothing: ReadonlySet<string> = new Set()

function isObject(value: unknown): value is JsonObjectLike {
  return typeof value === 'object' && value !== null
}

function followObject(
  object: JsonObjectLike,
  paths: Paths,
  isNew: boolean,
  ignored: ReadonlySet<string>,
): boolean {
  const types = typesOf(object)
  if (types === undefined) return false
  let members = paths.objects.get(types)
  if (members === undefined) {
    if (!isNew) return false
    members = new Map<string, Paths>()
    paths.objects.set(types, members)
  }
  for (const name in object) {
    if (name === 'type' || ignored.has(name)) continue
    const value = object[name]
    if (name === 'proof' || (name.startsWith('@') && !isLanguageMember(name, value))) return false
    let next = members.get(name)
    if (next === undefined) {
      if (!isNew) return false
      next = noPaths()
      members.set(name, next)
    }
    if (!follow(value, next, isNew)) return false
  }
  return true
}

/** The types of an object as one text; which other members of a text in a language stand beside it. */
function typesOf(object: JsonObjectLike): string | undefined {
  if ('@value' in object) return `@${Object.keys(object).sort().join('@')}`
  const { type = '' } = object
  if (typeof type === 'string') return type
  if (!Array.isArray(type)) return undefined
  const types: readonly unknown[] = type
  if (types.length === 1 && typeof types[0] === 'string') return types[0]
  return types.every((each) => typeof each === 'string') ? types.join('\n') : undefined
}

function isLanguageMember(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false
  if (name === '@value') return true
  if (name === '@direction') return value === 'ltr' || value === 'rtl'
  return name === '@language' && /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/.test(value)
}

/** A bit for each kind of value that JSON-LD treats alike; none for what it may treat by itself. */
function kindOf(value: unknown): number {
  if (typeof value === 'string') {
    if (value.startsWith('@') || value.startsWith('_')) return 0
    return value.includes(':') && /^[A-Za-z][A-Za-z0-9+.-]*:\S*$/.test(value) ? 1 : 2
  }
  if (typeof value === 'number') return 4
  return typeof value === 'boolean' ? 8 : 0
}
