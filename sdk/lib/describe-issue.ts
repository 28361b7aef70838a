import type * as z from 'zod/mini'

/**
 * What is wrong with a value, in words. zod/mini brings none of its own: without this, everything is
 * "Invalid input". For the `error` parameter of `safeParse`; a schema's own words go first.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'missing' : `expected ${issue.expected}`
    case 'invalid_value':
      return `expected ${issue.values.map(String).join(' or ')}`
    case 'unrecognized_keys':
      return `unknown: ${namesOf(issue.keys)}`
    case 'too_big':
      return `expected at most ${String(issue.maximum)}`
    case 'too_small':
      return issue.minimum === 1 && issue.inclusive !== false && issue.origin !== 'number'
        ? 'expected something'
        : `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}`
    case 'invalid_format':
      return `expected ${issue.format}`
    case 'not_multiple_of':
      return `expected a multiple of ${String(issue.divisor)}`
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return 'malformed'
  }
}

/** The first of `names`, shortened: a stranger may have written any number of any length. */
function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => name.slice(0, 40))
  return (names.length > 5 ? [...shown, '…'] : shown).join(', ')
}
