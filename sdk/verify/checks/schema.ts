import { unknownContexts } from '../../model/contexts.ts'
import { isOpenBadge, readOpenBadge } from '../../model/open-badge.ts'
import type { Check } from '../../model/report.ts'
import { answer } from '../check.ts'
import type { Verification } from '../verification.ts'

/** The most problems that a check names. */
const MAX_PROBLEMS = 10

/**
 * Does the content keep the rules of its kind? Open Badges 3.0 is known here, with the results against
 * their descriptions; a schema at an address (`credentialSchema`) is never fetched.
 */
export function checkSchema({ decoded }: Pick<Verification, 'decoded'>): Check {
  const { credential } = decoded
  const { type, credentialSchema = [] } = credential
  const contexts = unknownContexts(credential['@context']).slice(0, MAX_PROBLEMS)
  if (!isOpenBadge(credential)) {
    if (contexts.length > 0) return answer('schema', 'CONTEXT_UNKNOWN', { contexts })
    const schemas = credentialSchema.flatMap((schema) => schema.type)
    const types = schemas.length > 0 ? schemas : type
    return answer('schema', 'SCHEMA_NOT_CHECKED', { types: types.slice(0, MAX_PROBLEMS) })
  }
  const { violations, inconsistencies } = readOpenBadge(credential)
  if (violations.length > 0) {
    return answer('schema', 'SCHEMA_VIOLATED', { problems: violations.slice(0, MAX_PROBLEMS) })
  }
  if (inconsistencies.length > 0) {
    const problems = inconsistencies.slice(0, MAX_PROBLEMS)
    return answer('schema', 'RESULTS_INCONSISTENT', { problems })
  }
  return contexts.length > 0
    ? answer('schema', 'CONTEXT_UNKNOWN', { contexts })
    : answer('schema', 'SCHEMA_MATCHED', { schema: 'Open Badges 3.0' })
}
