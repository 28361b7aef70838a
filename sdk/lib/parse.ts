import type * as z from 'zod/mini'
import { RegistryError } from '../errors.ts'
import { describeIssue } from './describe-issue.ts'

/**
 * Turns untrusted `value` into what `schema` describes.
 *
 * @param input - What is being parsed, for the message.
 * @throws {@link RegistryError} `INPUT_INVALID` naming the member and the rule of each problem.
 */
export function parse<S extends z.ZodMiniType>(
  schema: S,
  value: unknown,
  input: string,
): z.output<S> {
  const result = schema.safeParse(value, { error: describeIssue })
  if (result.success) return result.data
  const problems = result.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || input}: ${message}`,
  )
  throw new RegistryError('INPUT_INVALID', { input, problems })
}
