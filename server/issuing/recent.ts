/**
 * Remembers answers for some seconds, by what they belong to and by key. Equal questions at the same
 * time are asked once; failures are not remembered.
 *
 * @param seconds For how long an answer is given again.
 */
export function recently<V>(seconds: number, capacity = 1_000) {
  const known = new WeakMap<object, Map<string, { answer: Promise<V>; until: number }>>()

  return (owner: object, key: string, now: Date, ask: () => Promise<V>): Promise<V> => {
    const answers = known.get(owner) ?? new Map<string, { answer: Promise<V>; until: number }>()
    known.set(owner, answers)
    const kept = answers.get(key)
    if (kept !== undefined && now.getTime() < kept.until) return kept.answer

    if (answers.size >= capacity) answers.clear()
    const entry = { answer: ask(), until: now.getTime() + seconds * 1_000 }
    answers.set(key, entry)
    entry.answer.catch(() => {
      if (answers.get(key) === entry) answers.delete(key)
    })
    return entry.answer
  }
}
