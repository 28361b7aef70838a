/**
 * The nodes of one chain, asked in order until one answers.
 *
 * @module
 */
import { isRegistryError } from '../errors.ts'
import { RpcRefusal, unreachable, type RpcRequest } from './rpc.ts'

/** One node. */
export interface Endpoint {
  url: string
  request: RpcRequest
}

/** Puts a question to one node after the other until one answers. */
export type Ask = <Answer>(question: (endpoint: Endpoint) => Promise<Answer>) => Promise<Answer>

/**
 * Asks `endpoints` in order, starting with the one that answered last.
 *
 * @param chain - What to name in the error if there are none.
 * @returns A function that throws {@link RegistryError} `CHAIN_UNREACHABLE` if none answers, and passes on every
 *   other error at once.
 */
export function failOver(endpoints: readonly Endpoint[], chain: string): Ask {
  let preferred = 0
  return async (question) => {
    const inOrder = [...endpoints.slice(preferred), ...endpoints.slice(0, preferred)]
    let failure: unknown = unreachable(chain, 'the policy names no endpoint')
    for (const endpoint of inOrder) {
      try {
        const answer = await question(endpoint)
        preferred = endpoints.indexOf(endpoint)
        return answer
      } catch (error) {
        if (!isRegistryError(error) || error.code !== 'CHAIN_UNREACHABLE') throw error
        failure = error
      }
    }
    throw failure
  }
}

/** An endpoint that is not a URL, such as a chain in the same process: its errors become `CHAIN_UNREACHABLE`. */
export function localEndpoint(name: string, request: RpcRequest): Endpoint {
  return {
    url: name,
    async request(method, params) {
      try {
        return await request(method, params)
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        throw unreachable(name, message, new RpcRefusal(message))
      }
    },
  }
}
