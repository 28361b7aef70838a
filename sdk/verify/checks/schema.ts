import { signedDocument } from '../../formats/signed-document.ts'
import { judgeContent } from '../../model/content.ts'
import { unknownContexts } from '../../model/contexts.ts'
import type { Check } from '../../model/report.ts'
import { answer } from '../check.ts'
import { jsonSchemaTypes } from '../schemas.ts'
import type { Verification } from '../verification.ts'

/** The most problems that a check names. */
const MAX_PROBLEMS = 10

/**
 * Does the content keep the rules of its kind? Those of Open Badges 3.0, CLR 2.0 and EBSI are known here,
 * with results held against their descriptions; so are the JSON schemas that the verifier brings along. A
 * schema that it does not have (`credentialSchema`) is never fetched, and is passed over.
 */
export function checkSchema(verification: Pick<Verification, 'decoded' | 'schemas'>): Check {
  const { credential } = verification.decoded
  const { type, credentialSchema = [] } = credential
  const given = holdAgainstSchemas(verification)
  if (given.problems.length > 0) return violated(given.problems)
  const content = judgeContent(credential)
  if (content !== undefined && content.violations.length > 0) return violated(content.violations)
  if (content !== undefined && content.inconsistencies.length > 0) {
    const problems = content.inconsistencies.slice(0, MAX_PROBLEMS)
    return answer('schema', 'RESULTS_INCONSISTENT', { problems })
  }
  const contexts = unknownContexts(credential['@context']).slice(0, MAX_PROBLEMS)
  // A JSON schema asks for members, a model for what they mean.
  const models = content === undefined || contexts.length > 0 ? [] : [content.model]
  const schema = [...models, ...given.schemas]
  if (schema.length > 0) return answer('schema', 'SCHEMA_MATCHED', { schema: schema.join(', ') })
  if (contexts.length > 0) return answer('schema', 'CONTEXT_UNKNOWN', { contexts })
  const named = credentialSchema.flatMap((each) => each.type)
  const types = (named.length > 0 ? named : type).slice(0, MAX_PROBLEMS)
  return answer('schema', 'SCHEMA_NOT_CHECKED', { types })
}

/** The schemas among those it names that the verifier has, and what the first one finds that it violates. */
function holdAgainstSchemas({ decoded, schemas }: Pick<Verification, 'decoded' | 'schemas'>) {
  const named = (decoded.credential.credentialSchema ?? []).filter(({ type }) =>
    type.some((each) => jsonSchemaTypes.includes(each)),
  )
  const known = named.flatMap(({ id }) => {
    const validate = schemas?.get(id)
    return validate === undefined ? [] : [{ id, validate }]
  })
  if (known.length === 0) return { schemas: [], problems: [] }
  const document = signedDocument(decoded)
  const found = known.map(({ validate }) => validate(document))
  const problems = found.find((each) => each.length > 0) ?? []
  return { schemas: known.map(({ id }) => id), problems }
}

function violated(problems: readonly string[]): Check {
  return answer('schema', 'SCHEMA_VIOLATED', { problems: problems.slice(0, MAX_PROBLEMS) })
}
