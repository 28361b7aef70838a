/**
 * Which facts of a check may be signed and given on: those that stand in the policy, on a chain or on the verifier's
 * clock. Whatever the credential, a presentation or a host says stays out, free text (`reason`, `problems`) with it:
 * `issuer`, `holder`, `subject`, `scopes`, `types`, `url`, `index`, and its own period of validity, too, would help to
 * tell whose it is.
 *
 * @module
 */
import * as z from 'zod/mini'
import type { Policy } from '../../model/policy.ts'
import type { Check } from '../../model/report.ts'

const seconds = z.optional(z.int().check(z.nonnegative()))
const count = z.optional(z.int().check(z.nonnegative(), z.maximum(16)))
const chainName = z.string().check(z.regex(/^[A-Za-z0-9.-]{1,64}$/, 'expected a short name'))

/** The facts of a check in a signed report. Names of chains are those that the policy gives them. */
export const SignedFacts = z.strictObject({
  chains: z.optional(z.array(chainName).check(z.maxLength(16))),
  /** The chain that shows a revocation or suspension. */
  source: z.optional(chainName),
  /** On how many chains it was found anchored, and on how many it had to be. */
  anchored: count,
  needed: count,
  /** Unix seconds, as all below. */
  anchoredAt: seconds,
  judgedAt: seconds,
  readAt: seconds,
  registeredAt: seconds,
  retiredAt: seconds,
  compromisedSince: seconds,
  withdrawnFrom: seconds,
  /** Period of an accreditation; never of the credential. */
  validFrom: seconds,
  validUntil: seconds,
})
export type SignedFacts = z.infer<typeof SignedFacts>

const numbers = [
  'anchored',
  'needed',
  'anchoredAt',
  'judgedAt',
  'readAt',
  'registeredAt',
  'retiredAt',
  'compromisedSince',
  'withdrawnFrom',
] as const

/** In the check of an accreditation they come from the chain, in that of the validity from the credential. */
const ofAccreditation = ['validFrom', 'validUntil'] as const

/** The facts of `check` that may be signed. A chain's name counts only if the policy gives it. */
export function signedFacts({ name, facts }: Check, policy: Policy): SignedFacts {
  const known = new Set(policy.chains.map((chain) => chain.name))
  const { chains, source } = facts
  const kept = name === 'accreditation' ? [...numbers, ...ofAccreditation] : numbers
  return {
    ...(typeof chains === 'object' && { chains: chains.filter((each) => known.has(each)) }),
    ...(typeof source === 'string' && known.has(source) && { source }),
    ...Object.fromEntries(
      kept.flatMap((fact) => (typeof facts[fact] === 'number' ? [[fact, facts[fact]]] : [])),
    ),
  }
}
