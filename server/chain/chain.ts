import {
  createOnlineSource,
  createRpc,
  failOver,
  localEndpoint,
  type ChainPin,
  type ChainSource,
  type ChainView,
  type RpcRequest,
} from '#sdk'
import type { Chain, ChainLimits } from '../context.ts'
import { createChainClient } from './chain-client.ts'

export interface ChainOptions {
  /** Asks a chain in this process, instead of the endpoints of the pin. */
  request?: RpcRequest
  limits?: Partial<ChainLimits>
  settle?: () => Promise<void>
  now?: () => Date
}

/** For how long `recent` gives the same view. */
const recentMilliseconds = 2_000
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
  const final = createOnlineSource(pin, source)
  return {
    pin,
    final,
    recent: remembering(final, now),
    latest: createOnlineSource({ ...pin, finality: { confirmations: 0 } }, source),
    client: createChainClient(pin, failOver(endpoints, pin.name), limits.maxFeePerGas),
    settle,
    limits,
  }
}

/** Gives a view again for a while; looks anew at once after a failure. */
function remembering(source: ChainSource, now: () => Date): ChainSource {
  let known: { view: Promise<ChainView>; until: number } | undefined
  return {
    pin: source.pin,
    view() {
      const time = now().getTime()
      if (known !== undefined && time < known.until) return known.view
      const fresh = { view: source.view(), until: time + recentMilliseconds }
      known = fresh
      fresh.view.catch(() => {
        if (known === fresh) known = undefined
      })
      return fresh.view
    },
  }
}
