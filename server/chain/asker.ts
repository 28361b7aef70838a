import { readBlock, unreachable, type Ask, type BlockRef } from '#sdk'
import { z } from 'zod'

/**
 * Asks a chain's nodes one question and reads the answer; one that makes no sense is none. With `since`, only
 * a node that has this block may answer: one that lags behind knows less, and does not say so.
 */
export type Asker = <S extends z.core.$ZodType>(
  method: string,
  params: readonly unknown[],
  schema: S,
  since?: BlockRef,
) => Promise<z.output<S>>

/** Asks through `ask`, which tries one node after the other. */
export function asker(ask: Ask): Asker {
  return (method, params, schema, since) =>
    ask(async (endpoint) => {
      // In one HTTP request: behind one address there may be several nodes.
      const [given, there] = await Promise.all([
        endpoint.request(method, params),
        since && readBlock(endpoint, since.chainId, since.hash),
      ])
      const { url } = endpoint
      if (since !== undefined && there === undefined) {
        throw unreachable(url, `it lacks block ${since.number}`)
      }
      const answer = z.core.safeParse(schema, given)
      if (answer.success) return answer.data
      throw unreachable(url, `the answer to ${method} is malformed`)
    })
}
