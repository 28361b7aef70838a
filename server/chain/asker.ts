import { unreachable, type Ask } from '#sdk'
import { z } from 'zod'

/** Asks a chain's nodes one question and reads the answer; one that makes no sense is none. */
export type Asker = <S extends z.core.$ZodType>(
  method: string,
  params: readonly unknown[],
  schema: S,
) => Promise<z.output<S>>

/** Asks through `ask`, which tries one node after the other. */
export function asker(ask: Ask): Asker {
  return (method, params, schema) =>
    ask(async ({ url, request }) => {
      const answer = z.core.safeParse(schema, await request(method, params))
      if (answer.success) return answer.data
      throw unreachable(url, `the answer to ${method} is malformed`)
    })
}
