import {
  createOnlineSource,
  createRpc,
  failOver,
  localEndpoint,
  type ChainPin,
  type RpcRequest,
} from '#sdk'
import type { Chain, ChainLimits } from '../context.ts'
import { createChainClient } from './chain-client.ts'

export interface ChainOptions {
  /** Asks a chain in this process, instead of the endpoints of the pin. */
  request?: RpcRequest
  limits?: Partial<ChainLimits>
  settle?: () => Promise<void>
}

const gwei = 1_000_000_000n
const defaultLimits: ChainLimits = {
  maxFeePerGas: 200n * gwei,
  stuckSeconds: 180,
  pollSeconds: 5,
}

/** The chain that `pin` describes, read and written through its nodes. */
export function createChain(pin: ChainPin, options: ChainOptions = {}): Chain {
  const { request, settle = () => Promise.resolve() } = options
  const limits = { ...defaultLimits, ...options.limits }
  const endpoints =
    request === undefined
      ? pin.rpc.map((url) => ({ url, request: createRpc(url) }))
      : [localEndpoint(pin.name, request)]
  const source = request === undefined ? {} : { request }
  return {
    pin,
    final: createOnlineSource(pin, source),
    latest: createOnlineSource({ ...pin, finality: { confirmations: 0 } }, source),
    client: createChainClient(pin, failOver(endpoints, pin.name), limits.maxFeePerGas),
    settle,
    limits,
  }
}
