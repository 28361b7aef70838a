import type { ChainPin } from '../model/policy.ts'
import { checkIdentity } from './check-identity.ts'
import type { Ask, Endpoint } from './endpoints.ts'

/**
 * Lets no endpoint answer before it was checked to serve the pinned chain: chain id, creation block, code of the
 * registries, authority. Each is checked once; one that failed is checked again.
 *
 * @param ask - From `failOver`.
 * @returns A function that throws {@link RegistryError} `CHAIN_MISMATCH` if an endpoint serves another chain, and
 *   what `ask` throws.
 *
 * @example
 * ```ts
 * const ask = askChecked(failOver(endpoints, pin.name), pin)
 * const block = await ask(({ request }) => request('eth_blockNumber', []))
 * ```
 */
export function askChecked(ask: Ask, pin: ChainPin): Ask {
  const checked = new WeakMap<Endpoint, Promise<void>>()
  const check = (endpoint: Endpoint) => {
    const known = checked.get(endpoint)
    if (known !== undefined) return known
    const checking = checkIdentity(endpoint, pin)
    checked.set(endpoint, checking)
    checking.catch(() => checked.delete(endpoint))
    return checking
  }
  return (question) =>
    ask(async (endpoint) => {
      await check(endpoint)
      return question(endpoint)
    })
}
