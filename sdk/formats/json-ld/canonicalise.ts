/**
 * The canonical form of a JSON-LD document: RDFC-1.0 over what it says, with the contexts that Livret
 * brings along, in safe mode. Bounded: a graph can be made so that canonicalising takes for ever.
 *
 * @module
 */
import { sha256 } from '#crypto'
import { toHex, utf8 } from '../../lib/bytes.ts'
import { refused } from '../refusal.ts'
import { contextWork, mostContextWork } from './context-work.ts'
import { bundledLoader } from './document-loader.ts'
import { problemOf } from './jsonld-problem.ts'

/** Most members and items on all levels: a credential has some hundred, a presentation of ten 3,000. */
const mostValues = 3_000
/** Most items of one list: each is compared with the others. */
const longestList = 500
/** So many times nodes without a name that look alike are compared. */
const mostComparisons = 256
/** Longest work on one document, in milliseconds. What Livret accepts takes a few. */
const patience = 2_000

/**
 * SHA-256 of a document's canonical N-Quads: the two halves of `hashData` of `eddsa-rdfc-2022`
 * (vc-di-eddsa section 3.2.3 to 3.2.5). Two documents that say the same have the same hash, however
 * they are written.
 *
 * @param document - With its `@context`, without its proof.
 * @returns 32 bytes.
 * @throws {@link RegistryError} `TOKEN_INVALID`: `CONTEXT_UNAVAILABLE` for a context that Livret does not
 *   bring along, `TERMS_UNDEFINED` for what has no meaning, `TOO_LARGE` for what takes too much work.
 */
export async function canonicalHash(
  document: Readonly<Record<string, unknown>>,
): Promise<Uint8Array> {
  if (contextWork(document, mostContextWork) > mostContextWork) {
    throw refused('TOO_LARGE', 'more contexts than are read')
  }
  if (countValues(document) > mostValues) throw refused('TOO_LARGE', 'too many values for JSON-LD')
  return sha256(utf8(await canonise(await toRdf(document))))
}

/** Members and items on all levels; `Infinity` where a list is too long. */
function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value) && value.length > longestList) return Infinity
  const values: readonly unknown[] = Object.values(value)
  return values.reduce<number>((count, each) => count + countValues(each), values.length)
}

async function toRdf(document: Readonly<Record<string, unknown>>): Promise<readonly object[]> {
  const [{ default: jsonld }, { documentLoader, missing }] = await Promise.all([
    import('jsonld'),
    bundledLoader(),
  ])
  try {
    return await jsonld.toRDF(document, {
      safe: true,
      base: null,
      rdfDirection: 'i18n-datatype',
      produceGeneralizedRdf: false,
      documentLoader,
    })
  } catch (error) {
    if (missing.length === 0) throw refused('TERMS_UNDEFINED', problemOf(error), error)
    throw refused('CONTEXT_UNAVAILABLE', `not brought along: ${missing.join(', ')}`, error)
  }
}

async function canonise(dataset: readonly object[]): Promise<string> {
  const { canonize } = await import('rdf-canonize')
  try {
    return await canonize(dataset, {
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      createMessageDigest,
      maxDeepIterations: mostComparisons,
      signal: AbortSignal.timeout(patience),
    })
  } catch (error) {
    throw refused('TOO_LARGE', 'a graph that takes too long to put in order', error)
  }
}

/** The platform's own hash: rdf-canonize would wait for WebCrypto some hundred times a credential. */
function createMessageDigest() {
  const parts: string[] = []
  return {
    update: (text: string) => void parts.push(text),
    digest: () => toHex(sha256(utf8(parts.join('')))),
  }
}
