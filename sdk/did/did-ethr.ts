/**
 * did:ethr (ERC-1056) with ethr-did-resolver, which is loaded when the first one is asked for, and ethers
 * with it.
 *
 * @module
 */
import { base58, base64 } from '@scure/base'
import type { DIDResolutionResult, DIDResolver, VerificationMethod } from 'did-resolver'
import { failOver } from '../chain/endpoints.ts'
import { createRpc, type RpcRequest } from '../chain/rpc.ts'
import { RegistryError } from '../errors.ts'
import { fromHex } from '../lib/bytes.ts'
import type { PublicJwk } from '../model/jwk.ts'
import type { Address } from '../model/primitives.ts'
import { keyOfPoint } from './multikey.ts'

/** A chain on which did:ethr is looked up. */
export interface DidEthrNetwork {
  /** EIP-155 chain id; the DID names the chain by it, or by the name that ethr-did-resolver knows. */
  readonly chainId: number
  /** JSON-RPC endpoints, tried in order. */
  readonly rpc: readonly string[]
  /** Address of the ERC-1056 registry. Default: the one that is known of the chain, or usual. */
  readonly registry?: Address
}

/** Where the registry stands on most chains. */
const usualRegistry = '0xdca7ef03e98e0dc2b855be647c39abe984fcf21b'
/** Most questions for one DID: whoever owns one can make its history as long as they like. */
const mostQuestions = 100
/** After so long no further question is asked, in milliseconds. */
const patience = 10_000

/**
 * Resolves did:ethr on these chains, as of their newest blocks. Keys are those with their material in the
 * document (`#controllerKey`, `did/pub/…` attributes of secp256k1 and Ed25519); `#controller` names an
 * account, with which nothing is verified.
 *
 * @returns A resolver that rejects with {@link RegistryError} `DID_UNSUPPORTED` for a chain that is not
 *   here. A node that does not answer is an error of the result, never an empty document.
 */
export function resolveDidEthr(networks: readonly DidEthrNetwork[]): DIDResolver {
  let loading: Promise<DIDResolver> | undefined
  return async (did, parsed, resolver, options) => {
    const network = /^did:ethr:(?:(.*):)?0x[0-9a-fA-F]+$/.exec(did)?.[1] ?? 'mainnet'
    loading ??= load(networks)
    const resolve = await loading
    const result = await resolve(did, parsed, resolver, options)
    if (result.didResolutionMetadata.error === 'unknownNetwork') {
      throw new RegistryError('DID_UNSUPPORTED', { did, method: `ethr:${network}` })
    }
    return withKeys(result)
  }
}

async function load(networks: readonly DidEthrNetwork[]): Promise<DIDResolver> {
  const [{ deployments, getResolver }, { BrowserProvider }] = await Promise.all([
    import('ethr-did-resolver'),
    import('ethers'),
  ])
  const configured = networks.map(({ chainId, rpc, registry }) => {
    const known = deployments.find((each) => Number(each.chainId) === chainId)
    const endpoints = rpc.map((url) => ({ url, request: createRpc(url) }))
    const ask = failOver(endpoints, `chain ${String(chainId)}`)
    return {
      chainId,
      request: (method: string, params: readonly unknown[]) =>
        ask((endpoint) => endpoint.request(method, params)),
      registry: registry ?? known?.registry ?? usualRegistry,
      ...(known?.name !== undefined && { name: known.name }),
    }
  })
  return async (did, ...rest) => {
    const described = configured.map(({ request, chainId, ...network }) => {
      // A new one for each question, so that each has its own measure of work.
      const ethereum = { request: limited(request, chainId) }
      const currentProvider = new BrowserProvider(ethereum, chainId, { staticNetwork: true })
      return { ...network, chainId, web3: { currentProvider } }
    })
    if (described.length === 0) return unknownNetwork
    const { ethr } = getResolver({ networks: described })
    return ethr === undefined ? unknownNetwork : ethr(did, ...rest)
  }
}

const unknownNetwork: DIDResolutionResult = {
  didResolutionMetadata: { error: 'unknownNetwork' },
  didDocument: null,
  didDocumentMetadata: {},
}

/** EIP-1193, with an end, and of the chain that is meant. */
function limited(request: RpcRequest, chainId: number) {
  const started = performance.now()
  let questions = 0
  let checking: Promise<void> | undefined
  const check = async () => {
    if (Number(await request('eth_chainId', [])) !== chainId) throw new Error('another chain')
  }
  return async ({ method, params }: { method: string; params?: unknown }) => {
    questions += 1
    if (questions > mostQuestions || performance.now() - started > patience) {
      throw new Error('its history takes too long')
    }
    checking ??= check()
    await checking
    const list: readonly unknown[] = Array.isArray(params) ? params : []
    return request(method, list)
  }
}

/** The document with its keys as JWKs, where their material is given in the older ways. */
function withKeys(result: DIDResolutionResult): DIDResolutionResult {
  const { didDocument } = result
  if (didDocument === null) return result
  const verificationMethod = didDocument.verificationMethod?.map((method) => {
    const publicKeyJwk = keyIn(method)
    return publicKeyJwk === undefined ? method : { ...method, publicKeyJwk: { ...publicKeyJwk } }
  })
  return {
    ...result,
    didDocument: { ...didDocument, verificationMethod: verificationMethod ?? [] },
  }
}

function keyIn(method: VerificationMethod): PublicJwk | undefined {
  const curve = curveOf[method.type]
  const bytes = curve === undefined ? undefined : materialOf(method)
  return curve === undefined || bytes === undefined ? undefined : keyOfPoint(curve, bytes)
}

const curveOf: Readonly<Record<string, 'secp256k1' | 'Ed25519' | undefined>> = {
  EcdsaSecp256k1VerificationKey2019: 'secp256k1',
  Ed25519VerificationKey2018: 'Ed25519',
  Ed25519VerificationKey2020: 'Ed25519',
}

function materialOf(method: VerificationMethod): Uint8Array | undefined {
  const { publicKeyHex, publicKeyBase58, publicKeyBase64 } = method
  try {
    if (publicKeyHex !== undefined) return fromHex(publicKeyHex)
    if (publicKeyBase58 !== undefined) return base58.decode(publicKeyBase58)
    return publicKeyBase64 === undefined ? undefined : base64.decode(publicKeyBase64)
  } catch {
    return undefined
  }
}
