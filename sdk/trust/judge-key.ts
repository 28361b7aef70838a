import type { IssuerState, KeyState } from '../chain/source.ts'
import type { Seconds } from '../model/primitives.ts'

/**
 * Whether an issuer's key was good at a time, or why not:
 *
 * - `unknown`: never registered;
 * - `binding-annulled`: registered by an account that never spoke for the issuer;
 * - `compromised`: in other hands `since` then (1: from the beginning);
 * - `retired`: no longer used `since` then;
 * - `not-yet`: registered later, `since` then.
 */
export type KeyJudgement =
  | { good: true }
  | {
      good: false
      reason: 'unknown' | 'binding-annulled' | 'compromised' | 'retired' | 'not-yet'
      since?: Seconds
    }

/**
 * Judges a key at `time`: it is good from `registeredAt` on, and before `retiredAt` and `compromisedSince`
 * where they are set, if the binding under which it was registered stands. Of several reasons against it
 * the gravest is given: a compromise that is final on one chain ends the key on all.
 *
 * @param key - From `keyOf`; `undefined` if the chain knows nothing of it.
 * @param issuer - From `issuerOf`, for the same issuer.
 */
export function judgeKey(
  key: KeyState | undefined,
  issuer: IssuerState | undefined,
  time: Seconds,
): KeyJudgement {
  if (key === undefined) return { good: false, reason: 'unknown' }
  const { registeredAt, retiredAt, compromisedSince } = key
  if (isReached(compromisedSince, time)) {
    return { good: false, reason: 'compromised', since: compromisedSince }
  }
  const binding = issuer?.bindings[key.binding]
  if (registeredAt === 0 || binding === undefined) return { good: false, reason: 'unknown' }
  if (binding.annulled) return { good: false, reason: 'binding-annulled' }
  if (isReached(retiredAt, time)) return { good: false, reason: 'retired', since: retiredAt }
  if (!(registeredAt <= time)) return { good: false, reason: 'not-yet', since: registeredAt }
  return { good: true }
}

/** Whether an end that may not be set (0) has come by `time`. */
function isReached(end: Seconds, time: Seconds): boolean {
  return end !== 0 && !(time < end)
}
