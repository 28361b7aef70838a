import { createHash } from 'node:crypto'
import {
  judgeContent,
  RegistryError,
  scopesOf,
  unknownContexts,
  type Credential,
  type CredentialDocument,
  type Scope,
} from '#sdk'

/**
 * Contents that were found good, by their hash, with their scopes: most certificates of a course are the
 * same. Nobody's certificate is kept.
 */
const known = new Map<string, readonly Scope[]>()
const capacity = 1_000

/**
 * Holds what a credential attests against its contexts and Open Badges 3.0, and says what its issuer
 * must be accredited for. What was found good once is not looked at again for the next person: the
 * ids of holder and credential, and the period, do not matter here.
 *
 * @param document As it will be signed.
 * @param credential The same, parsed.
 */
export function checkContent(
  document: CredentialDocument,
  credential: Credential,
): readonly Scope[] {
  const key = contentOf(document)
  const found = known.get(key)
  if (found !== undefined) return found
  const problems = problemsOf(credential)
  if (problems.length > 0) {
    throw new RegistryError('INPUT_INVALID', { input: 'credential', problems })
  }
  const scopes = scopesOf(document)
  if (known.size >= capacity) known.clear()
  known.set(key, scopes)
  return scopes
}

/** Hash of everything but who it is about, when, and its name. */
function contentOf({ credentialSubject, ...document }: CredentialDocument): string {
  const subjects: readonly object[] = Array.isArray(credentialSubject)
    ? credentialSubject
    : [credentialSubject]
  const one = { id: undefined, validFrom: undefined, validUntil: undefined }
  const content = JSON.stringify([
    { ...document, ...one },
    subjects.map((subject) => ({ ...subject, id: undefined })),
  ])
  return createHash('sha256').update(content).digest('base64url')
}

function problemsOf(credential: Credential): readonly string[] {
  const content = judgeContent(credential)
  if (content === undefined) return []
  // What is processed by its type must mean what the type says (VCDM 2.0 section 6.3).
  const foreign = unknownContexts(credential['@context'])
  if (foreign.length > 0) {
    return foreign.map((context) => `@context: the meaning of ${context} is not known here`)
  }
  return [...content.violations, ...content.inconsistencies]
}
