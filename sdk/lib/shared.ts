/**
 * Values that stand in many texts, as one object that never changes. What was found out about one of them
 * is remembered with it.
 *
 * @module
 */
import type { Json } from './json.ts'

const sharedValues = new WeakSet<object>()

/** Declares that a value, with all that is in it, never changes; from now on it cannot. */
export function share<Value extends Json>(value: Value): Value {
  if (typeof value !== 'object' || value === null || sharedValues.has(value)) return value
  for (const inner of Object.values(value)) if (inner !== undefined) share(inner)
  Object.freeze(value)
  sharedValues.add(value)
  return value
}

/** Whether a value was declared never to change. */
export function isShared(value: object): boolean {
  return sharedValues.has(value)
}

/**
 * Judges shared values once, all others each time.
 *
 * @param judge - A pure function of its argument.
 */
export function judgeOnce<Value extends object, Answer extends object | string | number | boolean>(
  judge: (value: Value) => Answer,
): (value: Value) => Answer {
  const answers = new WeakMap<object, Answer>()
  return (value) => {
    if (!isShared(value)) return judge(value)
    const known = answers.get(value)
    if (known !== undefined) return known
    const answer = judge(value)
    answers.set(value, answer)
    return answer
  }
}
