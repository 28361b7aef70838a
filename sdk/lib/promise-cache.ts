/**
 * Answers that are asked for once. What failed is asked for again; when `limit` answers are kept, all are forgotten,
 * so that hostile questions cannot fill the memory.
 *
 * @module
 */
export interface PromiseCache<Answer> {
  /** The answer to `question`: a kept one, else that of `find`. */
  get(question: string, find: () => Promise<Answer>): Promise<Answer>
}

/** Makes an empty cache. */
export function createPromiseCache<Answer>(limit = 100_000): PromiseCache<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return {
    get(question, find) {
      const known = answers.get(question)
      if (known !== undefined) return known
      if (answers.size >= limit) answers.clear()
      const answer = find()
      answers.set(question, answer)
      answer.catch(() => {
        if (answers.get(question) === answer) answers.delete(question)
      })
      return answer
    },
  }
}
