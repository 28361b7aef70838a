import { unslice } from './unslice.ts'

/**
 * Remembers what `compute` answered, for the last questions at least: when `limit` answers are kept, all are
 * forgotten, so that hostile questions cannot fill the memory.
 *
 * @param compute - A pure function of its one argument.
 */
export function memo<Question extends string, Answer>(
  limit: number,
  compute: (question: Question) => Answer,
): (question: Question) => Answer {
  const answers = new Map<Question, Answer>()
  return (question) => {
    const known = answers.get(question)
    if (known !== undefined) return known
    if (answers.size >= limit) answers.clear()
    const answer = compute(question)
    answers.set(unslice(question), answer)
    return answer
  }
}
