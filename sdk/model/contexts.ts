/**
 * JSON-LD contexts. They are compared by value, never fetched: "type-specific credential processing"
 * (VCDM 2.0 section 6.3) wants the exact values in the exact order.
 *
 * @module
 */
import { judgeOnce } from '../lib/shared.ts'
import { credentialsV1, credentialsV2 } from './credential.ts'

/** Open Badges 3.0, with the final names of VCDM 2.0. */
export const openBadgesV3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

/** Where our own terms live. */
export const vocabulary = 'https://w3id.org/livret/v1#'

/**
 * Our own terms, inline, always last in `@context`: the types of our credentials, the link to a
 * receipt, and the entry that names a list on chain. One constant, the same in every credential.
 */
export const livretContext = {
  '@protected': true,
  TrainingCertificateCredential: `${vocabulary}TrainingCertificateCredential`,
  SkillProfileCredential: `${vocabulary}SkillProfileCredential`,
  ReferenceCredential: `${vocabulary}ReferenceCredential`,
  receipt: { '@id': `${vocabulary}receipt`, '@type': '@id' },
  OnChainStatusEntry: {
    '@id': `${vocabulary}OnChainStatusEntry`,
    '@context': {
      '@protected': true,
      id: '@id',
      type: '@type',
      statusList: `${vocabulary}statusList`,
      statusListIndex: `${vocabulary}statusListIndex`,
    },
  },
} as const

/** The `@context` of a credential that is an Open Badge: data model, badge, our own terms. */
export const openBadgeContexts = [credentialsV2, openBadgesV3, livretContext] as const

/**
 * Contexts by address whose meaning is known here, because their documents never change: those of
 * `formats/json-ld/bundled-contexts.ts`.
 */
const knownAddresses: ReadonlySet<string> = new Set([
  credentialsV2,
  credentialsV1,
  openBadgesV3,
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
  'https://w3id.org/security/data-integrity/v2',
  'https://www.w3.org/ns/credentials/status/v1',
  'https://www.w3.org/ns/credentials/examples/v2',
  'https://www.w3.org/ns/credentials/undefined-terms/v2',
])

/**
 * The contexts that give terms a meaning that we do not know: addresses beyond the list, and inline
 * objects other than {@link livretContext}.
 *
 * @param contexts - The `@context` of a decoded credential.
 * @returns Addresses as they are, objects as `inline`; none if every term means what we think.
 */
export const unknownContexts: (contexts: readonly unknown[]) => readonly string[] = judgeOnce(
  (contexts: readonly unknown[]): readonly string[] =>
    contexts.flatMap((context) => {
      if (typeof context === 'string') return knownAddresses.has(context) ? [] : [context]
      return isSame(context, livretContext) ? [] : ['inline']
    }),
)

/** Whether two contexts say the same, however their members are ordered. */
function isSame(context: unknown, own: unknown): boolean {
  if (!isRecord(context) || !isRecord(own)) return context === own
  const names = Object.keys(own)
  return (
    names.length === Object.keys(context).length &&
    names.every((name) => isSame(context[name], own[name]))
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
