import type { Check, CheckName } from '../model/report.ts'
import { answer } from './check.ts'

/**
 * Carries out a check; an error that nobody expected leaves it undecided, never passed.
 *
 * @param check - What to carry out.
 * @returns At once, if the check answers at once.
 */
export function guard(
  name: CheckName,
  check: () => Check | Promise<Check>,
): Check | Promise<Check> {
  try {
    const checking = check()
    return checking instanceof Promise
      ? checking.catch((error: unknown) => internal(name, error))
      : checking
  } catch (error) {
    return internal(name, error)
  }
}

/** The answer of a check that an unexpected error ended. */
export function internal(name: CheckName, error: unknown): Check {
  return answer(name, 'INTERNAL', { reason: error instanceof Error ? error.message : 'unknown' })
}
