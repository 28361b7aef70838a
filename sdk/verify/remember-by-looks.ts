import type { ChainLooks } from './chains.ts'

/** Finds an answer, or has it from before. */
export type Remembering<Answer> = (
  looks: ChainLooks,
  question: string,
  find: () => Promise<Answer>,
) => Answer | Promise<Answer>

/** Most answers that are kept for one look at the chains; then all are forgotten. */
const capacity = 10_000

/**
 * Remembers what follows from the chains of one verifier at their blocks, until they are looked at anew:
 * thousands of credentials ask the same few questions (bench: verify). An answer that a chain did not
 * take part in is not kept.
 *
 * @returns A function; `question` must name everything that the answer depends on, beside the chains and
 *   their policy.
 */
export function rememberByLooks<
  Answer extends { readonly looks: ChainLooks },
>(): Remembering<Answer> {
  const kept = new WeakMap<ChainLooks, Map<string, Answer>>()
  return (looks, question, find) => {
    const answers = kept.get(looks)
    return answers?.get(question) ?? findAndKeep()

    async function findAndKeep(): Promise<Answer> {
      const answer = await find()
      if (answer.looks.unseen.length > 0) return answer
      const all = kept.get(looks) ?? new Map<string, Answer>()
      if (all.size >= capacity) all.clear()
      kept.set(looks, all.set(question, answer))
      return answer
    }
  }
}
