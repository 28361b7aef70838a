import type * as z from 'zod/mini'
import { describeIssue } from '../lib/describe-issue.ts'
import { refused, type Refusal } from './refusal.ts'

/**
 * The claims of a token as what `schema` describes.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with `code`; the reason names the first member that is
 *   not, and the rule.
 */
export function readClaims<S extends z.ZodMiniType>(
  schema: S,
  claims: unknown,
  code: Refusal,
): z.output<S> {
  const result = schema.safeParse(claims, { error: describeIssue })
  if (result.success) return result.data
  const [issue] = result.error.issues
  const member = issue?.path.map(String).join('.')
  throw refused(
    code,
    `${member === undefined || member === '' ? 'claims' : member}: ${issue?.message ?? 'malformed'}`,
  )
}
