import type { IssuerState } from '../chain/source.ts'
import type { Address, Seconds } from '../model/primitives.ts'

/**
 * Which account spoke for an issuer at a time, or why none did:
 *
 * - `unknown`: nobody ever confirmed the issuer;
 * - `annulled`: the account that seemed to speak for it never did;
 * - `released`: no account spoke for it any longer;
 * - `not-yet`: it was confirmed later.
 */
export type BindingJudgement =
  | { bound: true; account: Address }
  | { bound: false; reason: 'unknown' | 'annulled' | 'released' | 'not-yet' }

/**
 * Judges who spoke for an issuer at `time`.
 *
 * @param issuer - From `issuerOf`; `undefined` if the chain knows nothing of it.
 */
export function judgeBinding(issuer: IssuerState | undefined, time: Seconds): BindingJudgement {
  const bindings = issuer?.bindings ?? []
  const then = bindings.filter(({ from, until }) => from <= time && time < until)
  const standing = then.find(({ annulled }) => !annulled)
  if (standing !== undefined) return { bound: true, account: standing.account }
  if (then.length > 0) return { bound: false, reason: 'annulled' }
  if (bindings.length === 0) return { bound: false, reason: 'unknown' }
  return {
    bound: false,
    reason: bindings.some(({ from }) => from <= time) ? 'released' : 'not-yet',
  }
}
