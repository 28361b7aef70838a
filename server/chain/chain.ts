import {
  askChecked,
  createOnlineSource,
  createRpc,
  failOver,
  localEndpoint,
  type ChainPin,
  type RpcRequest,
  type Signer,
} from '#sdk'
import type { Chain, ChainLimits } from '../context.ts'
import { createChainClient } from './chain-client.ts'
import { shareViews } from './recent-source.ts'

export interface ChainOptions {
  /** Asks a chain in this process, instead of the endpoints of the pin. */
  request?: RpcRequest
  limits?: Partial<ChainLimits>
  checkpointer?: Signer
  settle?: () => Promise<void>
  now?: () => Date
}

/** For how long `recent` gives the same view. */
const recentSeconds = 2
const gwei = 1_000_000_000n
const defaultLimits: ChainLimits = {
  maxFeePerGas: 200n * gwei,
  stuckSeconds: 180,
  pollSeconds: 5,
}

/** The chain that `pin` describes, read and written through its nodes. */
export function createChain(pin: ChainPin, options: ChainOptions = {}): Chain {
  const { request, settle = () => Promise.resolve(), now = () => new Date() } = options
  const limits = { ...defaultLimits, ...options.limits }
  const endpoints =
    request === undefined
      ? pin.rpc.map((url) => ({ url, request: createRpc(url) }))
      : [localEndpoint(pin.name, request)]
  const source = request === undefined ? {} : { request }
  const ask = askChecked(failOver(endpoints, pin.name), pin)
  const { fresh, recent } = shareViews(createOnlineSource(pin, source), recentSeconds, now)
  return {
    pin,
    final: fresh,
    recent,
    ask,
    ...(options.checkpointer && { checkpointer: options.checkpointer }),
    latest: createOnlineSource({ ...pin, finality: { confirmations: 0 } }, source),
    client: createChainClient(pin, ask, limits.maxFeePerGas),
    settle,
    limits,
  }
}
