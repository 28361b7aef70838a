import * as z from 'zod/mini'
import { listOf } from './list-of.ts'

/**
 * A member that JSON-LD writes as one item or as an array of them (VCDM 2.0 section 1.1): always an
 * array afterwards, with at least one item and at most 1,000.
 */
export function oneOrMany<S extends z.ZodMiniType>(item: S) {
  return z.pipe(
    z.union([listOf(item).check(z.minLength(1, 'expected at least one')), item]),
    z.transform((value): readonly z.output<S>[] => (isList(value) ? value : [value])),
  )
}

/** `Array.isArray` that also narrows the other branch. */
function isList<T>(value: T | T[]): value is T[] {
  return Array.isArray(value)
}
