/**
 * The verifier: whom to trust, decided once; then one question after another.
 *
 * @module
 */
import { createOnlineSource } from '../chain/online-source.ts'
import type { ChainSource } from '../chain/source.ts'
import { jwkThumbprint } from '../crypto/thumbprint.ts'
import { createDidResolver, type DidResolver } from '../did/resolver.ts'
import type { FetchDocument } from '../did/url-key.ts'
import { RegistryError } from '../errors.ts'
import type { ChainPin, Policy } from '../model/policy.ts'
import type { AnchoredCredential } from '../model/receipt.ts'
import type { Report } from '../model/report.ts'
import { createLooker, type UnseenChain } from './chains.ts'
import type { KnownSchemas } from './schemas.ts'
import { createStatusListReader } from './status-list-reader.ts'
import { verifyMany } from './verify-many.ts'
import { verifyCredential, type VerifierParts } from './verify-credential.ts'
import {
  verifyPresentation,
  type PresentationInput,
  type PresentationReport,
} from './verify-presentation.ts'

/** What a verifier is made of. */
export interface VerifierOptions {
  /** Whom to trust, and how strict to be. */
  policy: Policy
  /**
   * Where the policy's chains are looked at, one source for each; a chain without a source counts as
   * unreachable. Default: online, by the policy's endpoints, at most every two seconds.
   */
  sources?: readonly ChainSource[]
  /** Finds the keys of issuers and holders. Default: did:key, did:jwk, did:web, did:ethr on the policy's chains. */
  resolver?: DidResolver
  /**
   * Fetches a Bitstring status list credential (compact text). Without it no list is fetched: the
   * chains decide, and where there are none, such a status is undecided. The verifier passes on
   * addresses that strangers wrote; `createStatusListFetcher` refuses those of one's own network.
   */
  fetchStatusList?: (url: string) => Promise<string>
  /**
   * Fetches JSON for credentials from elsewhere, where the policy has `foreign: 'report'`: keys of issuers
   * that are https addresses, revocation lists of 1EdTech. Without it none is fetched, and what depends
   * on it is undecided. As above, `createDocumentFetcher` refuses addresses of one's own network.
   */
  fetchDocument?: FetchDocument
  /** JSON schemas that credentials name, from `compileSchemas`. No other is looked at, and none fetched. */
  schemas?: KnownSchemas
  /** The time in milliseconds. Default: the system's. */
  now?: () => number
}

/** Verifies credentials and presentations under one policy. */
export interface Verifier {
  /**
   * Verifies one credential.
   *
   * @param input - The credential, an {@link AnchoredCredential}, or its JSON text.
   * @returns What was found. Never rejects because of what the input says, a dead node or a dead host.
   */
  verifyCredential(input: string | AnchoredCredential): Promise<Report>
  /**
   * Verifies any number of credentials in a stream, in bounded memory; see {@link verifyMany}.
   *
   * @example
   * ```ts
   * for await (const { verdict } of verifier.verifyMany(credentials)) count[verdict] += 1
   * ```
   */
  verifyMany(
    inputs: AsyncIterable<string | AnchoredCredential> | Iterable<string | AnchoredCredential>,
  ): AsyncIterable<Report>
  /** Verifies a presentation and every credential in it. Rejects as little as {@link verifyCredential}. */
  verifyPresentation(input: PresentationInput): Promise<PresentationReport>
}

/** For how long a final block is believed to be the newest, in seconds. */
const REFRESH_SECONDS = 2

/**
 * Makes a verifier. Keep it: it remembers keys, DID documents and what the chains answered.
 *
 * Nothing that a credential names is fetched, except did:web documents through `resolver` and status
 * lists through `fetchStatusList`.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if a source is one of a chain that the policy does not
 *   pin, or pins otherwise.
 *
 * @example
 * ```ts
 * const verifier = createVerifier({ policy: parsePolicy(text) })
 * const { verdict, checks } = await verifier.verifyCredential({ credential, receipt })
 * ```
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { policy, now = Date.now, fetchStatusList } = options
  const sources = options.sources ?? policy.chains.map(onlineSource)
  const looking = policy.chains.map((pin) => sourceOf(pin, sources))
  requirePinned(sources, policy)
  const parts: VerifierParts = {
    policy,
    resolver: options.resolver ?? createDidResolver({ now, ethr: policy.chains }),
    fetchDocument: policy.foreign === 'report' ? options.fetchDocument : undefined,
    look: createLooker(looking),
    schemas: options.schemas,
    statusLists: fetchStatusList && createStatusListReader(fetchStatusList),
    now: () => Math.floor(now() / 1000),
  }
  return {
    verifyCredential: (input) => verifyCredential(parts, input),
    verifyMany: (inputs) => verifyMany((input) => verifyCredential(parts, input), inputs),
    verifyPresentation: (input) => verifyPresentation(parts, input),
  }
}

function onlineSource(pin: ChainPin): ChainSource {
  return createOnlineSource(pin, { refreshSeconds: REFRESH_SECONDS })
}

function sourceOf(pin: ChainPin, sources: readonly ChainSource[]): ChainSource | UnseenChain {
  const source = sources.find((each) => each.pin.chainId === pin.chainId)
  const trouble = { code: 'CHAIN_UNREACHABLE', reason: 'there is no source for it' } as const
  return source ?? { pin, trouble }
}

/** A source that looks at another chain, contract or authority must not speak for the pinned one. */
function requirePinned(sources: readonly ChainSource[], { chains }: Policy): void {
  for (const { pin } of sources) {
    const own = chains.find(({ chainId }) => chainId === pin.chainId)
    if (own === undefined || identityOf(own) !== identityOf(pin)) {
      const problems = [`${pin.name}: the policy does not pin this chain`]
      throw new RegistryError('INPUT_INVALID', { input: 'sources', problems })
    }
  }
}

/** Everything that tells one pinned chain from another; names and endpoints do not. */
function identityOf(pin: ChainPin): string {
  const { chainId, creationBlock, authority, finality } = pin
  const { finalizedBlocks = [], checkpointKeys = [] } = pin
  const contracts = [pin.accreditationRegistry, pin.anchorRegistry, pin.statusRegistry]
  return JSON.stringify([
    chainId,
    creationBlock.hash,
    authority,
    contracts.map(({ address, codeHash }) => [address, codeHash]),
    finality,
    finalizedBlocks.map(({ number, hash }) => [number, hash]),
    checkpointKeys.map(jwkThumbprint),
  ])
}
