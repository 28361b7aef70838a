import type { Seconds } from '../model/primitives.ts'

/**
 * The time by which `k` of several things had happened.
 *
 * @param times - At least `k`, in any order.
 * @param k - Counted from 1.
 * @returns `Infinity` if there are fewer.
 */
export function kthEarliest(times: readonly Seconds[], k: number): Seconds {
  return times.toSorted((a, b) => a - b)[k - 1] ?? Infinity
}
