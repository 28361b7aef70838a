/**
 * Issuer, key and accreditation, as one chain knows them at one time.
 *
 * @module
 */
import type { ChainView } from '../chain/source.ts'
import type { Address, Hash, IssuerId, Seconds } from '../model/primitives.ts'
import type { Check } from '../model/report.ts'
import type { Scope } from '../model/scope.ts'
import { judgeAccreditation, type AccreditationJudgement } from '../trust/judge-accreditation.ts'
import { judgeBinding } from '../trust/judge-binding.ts'
import { judgeKey, type KeyJudgement } from '../trust/judge-key.ts'
import type { SeenChain } from './chains.ts'
import { answer } from './check.ts'
import { withNegativeFacts } from './negative-facts.ts'

/** Who is said to have issued what, with which key. */
export interface IssuerQuestion {
  readonly issuer: IssuerId
  readonly issuerId: Hash
  /** Name of the key; `undefined` if it could not be had. */
  readonly thumbprint: Hash | undefined
  /** What the issuer must be accredited for, all of it. */
  readonly scopes: readonly Scope[]
}

/** One chain's answers. */
export interface IssuerJudgement {
  readonly chain: SeenChain
  /** The time they were judged at. */
  readonly time: Seconds
  /** The account that spoke for the issuer then, if one did. */
  readonly account: Address | undefined
  readonly issuerKey: Check
  readonly accreditation: Check
}

/**
 * Judges at `time` by the registries of `chain`, and by the negative facts of the others.
 *
 * @throws `CHAIN_UNREACHABLE` if a chain stops answering.
 */
export async function judgeIssuer(
  question: IssuerQuestion,
  chain: SeenChain,
  others: readonly ChainView[],
  time: Seconds,
): Promise<IssuerJudgement> {
  const { issuerId, thumbprint } = question
  const view = withNegativeFacts(chain.view, others, time)
  const [state, key] = await Promise.all([
    view.issuerOf(issuerId),
    thumbprint === undefined ? undefined : view.keyOf(issuerId, thumbprint),
  ])
  const binding = judgeBinding(state, time)
  const context = { chain, time, issuer: question.issuer }
  if (!binding.bound) {
    const issuerKey = unbound(context, binding.reason)
    const accreditation = answer('accreditation', 'NOT_REACHED', {})
    return { chain, time, account: undefined, issuerKey, accreditation }
  }
  const { account } = binding
  const issuerKey =
    thumbprint === undefined
      ? answer('issuer-key', 'NOT_REACHED', {})
      : keyCheck(context, judgeKey(key, state, time))
  const accreditation = await judgeScopes(context, view, account, question.scopes)
  return { chain, time, account, issuerKey, accreditation }
}

interface Context {
  readonly chain: SeenChain
  readonly time: Seconds
  readonly issuer: IssuerId
}

function unbound(
  { chain, time, issuer }: Context,
  reason: 'unknown' | 'annulled' | 'released' | 'not-yet',
): Check {
  const facts = { issuer, judgedAt: time, chains: [chain.pin.name] }
  return answer('issuer-key', unboundCodes[reason], facts, [chain.view.block])
}

const unboundCodes = {
  unknown: 'ISSUER_UNKNOWN',
  annulled: 'ISSUER_ANNULLED',
  released: 'ISSUER_RELEASED',
  'not-yet': 'ISSUER_NOT_YET_CONFIRMED',
} as const

function keyCheck({ chain, time }: Context, judgement: KeyJudgement): Check {
  const facts = { judgedAt: time, chains: [chain.pin.name] }
  const blocks = [chain.view.block]
  if (judgement.good) return answer('issuer-key', 'KEY_REGISTERED', facts, blocks)
  const { reason, since = 0 } = judgement
  switch (reason) {
    case 'unknown':
      return answer('issuer-key', 'KEY_NOT_REGISTERED', facts, blocks)
    case 'binding-annulled':
      return answer('issuer-key', 'KEY_ANNULLED', facts, blocks)
    case 'compromised':
      return answer('issuer-key', 'KEY_COMPROMISED', { ...facts, compromisedSince: since }, blocks)
    case 'retired':
      return answer('issuer-key', 'KEY_RETIRED', { ...facts, retiredAt: since }, blocks)
    case 'not-yet':
      return answer(
        'issuer-key',
        'KEY_NOT_YET_REGISTERED',
        { ...facts, registeredAt: since },
        blocks,
      )
  }
}

/** Every scope must be covered; the first that is not decides the answer. */
async function judgeScopes(
  context: Context,
  view: ChainView,
  account: Address,
  scopes: readonly Scope[],
): Promise<Check> {
  const { chain, time } = context
  const judgements = await Promise.all(
    scopes.map(async (scope) => ({
      scope,
      judgement: await judgeAccreditation(view, account, 'attest', scope, time),
    })),
  )
  for (const { scope, judgement } of judgements) {
    if (!judgement.accredited) return notAccredited(context, scope, judgement)
  }
  if (scopes.length === 0) {
    return answer('accreditation', 'SCOPE_UNKNOWN', { reason: 'its types make up no scope' })
  }
  const facts = { scopes, judgedAt: time, chains: [chain.pin.name] }
  return answer('accreditation', 'ACCREDITED', facts, [chain.view.block])
}

function notAccredited(
  { chain, time }: Context,
  scope: Scope,
  { reason, record }: Extract<AccreditationJudgement, { accredited: false }>,
): Check {
  const facts = { scopes: [scope], judgedAt: time, chains: [chain.pin.name] }
  const blocks = [chain.view.block]
  const { validFrom = 0, validUntil = 0, withdrawnFrom = 0 } = record ?? {}
  switch (reason) {
    case 'none':
      return answer('accreditation', 'NOT_ACCREDITED', facts, blocks)
    case 'not-covered':
      return answer('accreditation', 'SCOPE_NOT_COVERED', facts, blocks)
    case 'annulled':
      return answer('accreditation', 'ACCREDITATION_ANNULLED', facts, blocks)
    case 'withdrawn':
      return answer('accreditation', 'ACCREDITATION_WITHDRAWN', { ...facts, withdrawnFrom }, blocks)
    case 'expired':
      return answer('accreditation', 'ACCREDITATION_EXPIRED', { ...facts, validUntil }, blocks)
    case 'not-yet':
      return answer('accreditation', 'ACCREDITATION_NOT_YET', { ...facts, validFrom }, blocks)
  }
}
