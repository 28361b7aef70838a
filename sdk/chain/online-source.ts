/**
 * A chain that is asked over the network.
 *
 * @module
 */
import { inOrder } from '../lib/in-order.ts'
import type { ChainPin } from '../model/policy.ts'
import type { Seconds } from '../model/primitives.ts'
import { createAccreditationHistory } from './accreditation-history.ts'
import { askChecked } from './ask-checked.ts'
import { checkCreation } from './check-identity.ts'
import { failOver, localEndpoint, type Endpoint } from './endpoints.ts'
import { createOnlineView } from './online-view.ts'
import { readBlock, readFinalBlock } from './read-block.ts'
import { createRpc, type RpcOptions, type RpcRequest } from './rpc.ts'
import type { ChainSource, ChainView } from './source.ts'

/** How the chain is asked. */
export interface OnlineSourceOptions extends RpcOptions {
  /** Asks a chain in this process, instead of the endpoints of the pin. */
  request?: RpcRequest
  /** For how long a view is given again without asking for a newer block; 0 (always ask) by default. */
  refreshSeconds?: Seconds
  /** The clock for that, in seconds. */
  now?: () => Seconds
}

/**
 * Looks at the chain that `pin` describes. Nothing is asked before the first `view`; then each endpoint is checked
 * once to serve that chain, and its creation block with each new view. All answers of a view are of one final
 * block; the same question is sent once, and all questions of one turn go out in one HTTP request.
 *
 * @example
 * ```ts
 * const view = await createOnlineSource(pin).view()
 * await view.anchorOf(operator, root)
 * ```
 */
export function createOnlineSource(pin: ChainPin, options: OnlineSourceOptions = {}): ChainSource {
  const { request, refreshSeconds = 0, now = () => Date.now() / 1000 } = options
  const endpoints =
    request === undefined
      ? pin.rpc.map((url): Endpoint => ({ url, request: createRpc(url, options) }))
      : [localEndpoint(pin.name, request)]
  const ask = askChecked(failOver(endpoints, pin.name), pin)
  const history = createAccreditationHistory(pin, ask)
  let current: { view: ChainView; readAt: Seconds } | undefined
  let pending: Promise<ChainView> | undefined

  async function look(): Promise<ChainView> {
    const readAt = now()
    const before = current?.view
    const { block, isContinued } = await ask(async (endpoint) => {
      const [, final, seen] = await inOrder([
        checkCreation(endpoint, pin),
        readFinalBlock(endpoint, pin),
        before && readBlock(endpoint, pin.chainId, before.block.number),
      ])
      return { block: final, isContinued: seen?.hash === before?.block.hash }
    })
    if (!isContinued) history.forget()
    const isSame = before !== undefined && before.block.hash === block.hash
    const view = isSame ? before : createOnlineView(pin, block, ask, history)
    current = { view, readAt }
    return view
  }

  return {
    pin,
    view() {
      if (current !== undefined && now() - current.readAt < refreshSeconds) {
        return Promise.resolve(current.view)
      }
      pending ??= look().finally(() => {
        pending = undefined
      })
      return pending
    },
  }
}
