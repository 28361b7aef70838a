import * as z from 'zod/mini'

/** Items of a list where nobody says otherwise: more than any author of credentials needs. */
const manyItems = 1_000

/**
 * An array of at most `most` items. A longer one is refused before its items are looked at: zod would
 * describe what is wrong with each.
 */
export function listOf<S extends z.ZodMiniType>(item: S, most = manyItems) {
  return z.pipe(
    z.custom<z.input<S>[]>(
      (value) => !Array.isArray(value) || value.length <= most,
      `expected at most ${most}`,
    ),
    z.array(item),
  )
}
