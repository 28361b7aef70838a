/**
 * Do the terms of a credential have a meaning? General JSON-LD processing (VCDM 2.0 section 6.3) with
 * the contexts that Livret brings along, in safe mode: what would be dropped silently is an error, and
 * so is a context that redefines a protected term (section 5.2.1).
 *
 * @module
 */
import { judgeOnce } from '../../lib/shared.ts'
import { unknownContexts } from '../../model/contexts.ts'
import { contextWork, mostContextWork } from './context-work.ts'
import { bundledLoader } from './document-loader.ts'
import { problemOf } from './jsonld-problem.ts'
import { isKnown, noPaths, remember, type Paths } from './known-paths.ts'

/** What came of it. */
export type TermsJudgement =
  | { readonly kind: 'defined' }
  /** Contexts that are not known here, so that nothing can be said. */
  | { readonly kind: 'unknown'; readonly contexts: readonly string[] }
  /** The first term or value without a meaning, or what is wrong with the contexts. */
  | { readonly kind: 'undefined'; readonly problem: string }

/** Members that may stand beside a credential in a JWT, and are no part of it (VC-JOSE-COSE section 3.1.3). */
const claims = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf'] as const
const ignored: ReadonlySet<string> = new Set(['@context', ...claims])

/** Ways that were found good, by contexts. */
const known = new Map<string, Paths>()
/**
 * Characters of JSON that are learned from before everything is forgotten, and of one document: strangers
 * send what they like.
 */
const capacity = 1_000_000
const longestLesson = 50_000
let learned = 0

/**
 * Judges a credential or presentation of VCDM 2.0. What was found good once costs next to nothing when
 * something of the same build comes again.
 *
 * @param document - As JSON; registered claims of a JWT in it are passed over.
 *
 * @example
 * ```ts
 * await judgeTerms({ '@context': [credentialsV2], type: ['VerifiableCredential', 'Diplom'], … })
 * // { kind: 'undefined', problem: 'relative @type reference: Diplom' }
 * ```
 */
export function judgeTerms(
  document: Readonly<Record<string, unknown>>,
): TermsJudgement | Promise<TermsJudgement> {
  const context = document['@context']
  const key = keyOf(isList(context) ? context : [context])
  const paths = key === '' ? undefined : known.get(key)
  if (paths !== undefined && isKnown(document, paths, ignored)) return { kind: 'defined' }
  if (contextWork(document, mostContextWork) > mostContextWork) {
    return { kind: 'undefined', problem: 'more contexts than are read' }
  }
  if (key === '') return expand(document, undefined)
  // Those that come at the same time wait for the first, from which they can learn.
  const before = learning.get(key)
  if (before !== undefined) return before.then(() => judgeTerms(document))
  const judgement = expand(document, key).finally(() => learning.delete(key))
  learning.set(
    key,
    judgement.catch(() => undefined),
  )
  return judgement
}

/** Documents that are under way, by contexts. */
const learning = new Map<string, Promise<unknown>>()

/** Names contexts that can be remembered by: known ones, and ours. Empty for others. */
const keyOf = judgeOnce((contexts: readonly unknown[]): string => {
  if (unknownContexts(contexts).length > 0) return ''
  return contexts.map((each) => (typeof each === 'string' ? each : 'own')).join(' ')
})

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

async function expand(
  document: Readonly<Record<string, unknown>>,
  key: string | undefined,
): Promise<TermsJudgement> {
  const [{ default: jsonld }, { documentLoader, missing }] = await Promise.all([
    import('jsonld'),
    bundledLoader(),
  ])
  const plain = Object.entries(document).filter(([name]) => !claims.some((each) => each === name))
  try {
    await jsonld.expand(Object.fromEntries(plain), { safe: true, base: null, documentLoader })
  } catch (error) {
    if (missing.length > 0) return { kind: 'unknown', contexts: missing }
    return { kind: 'undefined', problem: problemOf(error) }
  }
  if (key !== undefined) learn(document, key)
  return { kind: 'defined' }
}

function learn(document: Readonly<Record<string, unknown>>, key: string): void {
  const { length } = JSON.stringify(document)
  if (length > longestLesson) return
  learned += length
  if (learned > capacity) {
    known.clear()
    learned = length
  }
  const paths = known.get(key) ?? noPaths()
  known.set(key, paths)
  remember(document, paths, ignored)
}
