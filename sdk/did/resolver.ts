/**
 * Resolving DIDs, on did-resolver: did:key, did:jwk and did:pkh by computing, did:web by fetching, did:ethr
 * by asking a chain, others by the resolvers that the caller adds.
 *
 * @module
 */
import { createPublicGet } from '#fetch'
import {
  Resolver,
  type DIDDocument,
  type DIDResolutionResult,
  type DIDResolver,
} from 'did-resolver'
import { isRegistryError, RegistryError } from '../errors.ts'
import type { Did } from '../model/primitives.ts'
import { resolveDidEthr, type DidEthrNetwork } from './did-ethr.ts'
import { documentOfDidJwk } from './did-jwk.ts'
import { documentOfDidKey } from './did-key.ts'
import { documentOfDidPkh } from './did-pkh.ts'
import { fetchDidWeb, type DidWebOptions } from './did-web.ts'
import { DidDocument, isDidDocument, type DidResolver } from './document.ts'

export type { DidEthrNetwork } from './did-ethr.ts'
export type { DidDocument, DidResolver, Relationship } from './document.ts'
export { findVerificationKey } from './verification-key.ts'

/** How DIDs are resolved; everything has a safe default. */
export interface DidResolverOptions {
  /** Fetches did:web documents. Default: as the platform does, but on servers from public addresses only. */
  fetch?: typeof fetch
  /** Whether did:web may point at this machine, over plain HTTP. Default: no. For development only. */
  allowLoopbackHttp?: boolean
  /** For how long a document is remembered, in seconds. Default: 300. */
  cacheSeconds?: number
  /** The time in milliseconds. Default: the system's. */
  now?: () => number
  /** Chains on which did:ethr is looked up, such as those of a policy. Default: none. */
  ethr?: readonly DidEthrNetwork[]
  /** Resolvers of further methods, by their names. */
  methods?: Readonly<Record<string, DIDResolver>>
}

/** Most documents that are remembered. */
const capacity = 1000

/**
 * Makes a resolver. Equal questions at the same time are asked once; failures are not remembered.
 *
 * @example
 * ```ts
 * const resolver = createDidResolver()
 * await resolver.resolve(Did.parse('did:web:region.example'))
 * ```
 */
export function createDidResolver(options: DidResolverOptions = {}): DidResolver {
  const { allowLoopbackHttp = false, cacheSeconds = 300, now = Date.now } = options
  const get = options.fetch ?? createPublicGet({ allowLoopback: allowLoopbackHttp })
  const registry = new Map<string, DIDResolver>([
    ['ethr', resolveDidEthr(options.ethr ?? [])],
    ...Object.entries(options.methods ?? {}),
    ['key', computed(documentOfDidKey)],
    ['jwk', computed(documentOfDidJwk)],
    ['pkh', computed(documentOfDidPkh)],
    ['web', fetched({ fetch: get, allowLoopbackHttp })],
  ])
  const resolver = new Resolver(Object.fromEntries(registry))
  const known = new Map<Did, { document: Promise<DidDocument>; until: number }>()

  async function ask(did: Did): Promise<DidDocument> {
    const method = did.split(':', 2)[1] ?? ''
    // did-resolver looks methods up in an object, where did:constructor would be found, too.
    if (!registry.has(method)) throw new RegistryError('DID_UNSUPPORTED', { did, method })
    return readResult(
      did,
      await resolver.resolve(did).catch((error: unknown) => rethrow(did, error)),
    )
  }

  function resolve(did: Did): Promise<DidDocument> {
    const kept = known.get(did)
    if (kept !== undefined && now() < kept.until) return kept.document
    const document = ask(did)
    const [oldest] = known.keys()
    if (known.size >= capacity && oldest !== undefined) known.delete(oldest)
    const entry = { document, until: now() + cacheSeconds * 1000 }
    known.delete(did)
    known.set(did, entry)
    document.catch(() => {
      if (known.get(did) === entry) known.delete(did)
    })
    return document
  }

  return { resolve, now }
}

function fetched(options: DidWebOptions): DIDResolver {
  return async (did) => {
    const document = await fetchDidWeb(did, options)
    if (!isDidDocument(document)) throw invalid(did, 'its document is malformed')
    return found(document)
  }
}

function computed(documentOf: (did: string) => ReturnType<typeof documentOfDidKey>): DIDResolver {
  return (did) => {
    const document = documentOf(did)
    if (document === undefined)
      return Promise.reject(invalid(did, 'it holds no key that can be used'))
    return Promise.resolve(found(document))
  }
}

function readResult(did: Did, result: DIDResolutionResult): DidDocument {
  const { error } = result.didResolutionMetadata
  if (error !== undefined || result.didDocument === null) {
    // ethr-did-resolver says notFound when its node is dead: nothing here is known for certain.
    if (error === 'invalidDid') throw invalid(did, error)
    throw new RegistryError('DID_UNREACHABLE', { did, reason: error ?? 'no document' })
  }
  if (result.didDocumentMetadata.deactivated === true) throw invalid(did, 'it is deactivated')
  const document = DidDocument.safeParse(result.didDocument)
  if (!document.success) throw invalid(did, 'its document is malformed')
  if (document.data.id !== did) throw invalid(did, 'the document is that of another DID')
  return document.data
}

function found(didDocument: DIDDocument): DIDResolutionResult {
  return { didResolutionMetadata: {}, didDocument, didDocumentMetadata: {} }
}

/** Whatever an added resolver throws, nothing is known for certain. */
function rethrow(did: Did, error: unknown): never {
  if (isRegistryError(error)) throw error
  const reason = error instanceof Error ? error.message : 'its resolver failed'
  throw new RegistryError('DID_UNREACHABLE', { did, reason }, { cause: error })
}

function invalid(did: string, reason: string): RegistryError<'DID_INVALID'> {
  return new RegistryError('DID_INVALID', { did, reason })
}
