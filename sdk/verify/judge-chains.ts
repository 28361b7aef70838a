/**
 * Was this issuer, with this key, accredited for this kind of credential at that time? Each chain of
 * the policy answers from its own registries at its own time; as many as the policy says must agree.
 *
 * @module
 */
import type { Address, Hash, Seconds } from '../model/primitives.ts'
import type { Check } from '../model/report.ts'
import type { Scope } from '../model/scope.ts'
import { agree, type ChainAnswer } from './agree.ts'
import { askChains, type ChainLooks } from './chains.ts'
import { answer } from './check.ts'
import type { Anchors } from './find-anchors.ts'
import { judgeIssuer, type IssuerJudgement, type IssuerQuestion } from './judge-issuer.ts'
import { kthEarliest } from './kth-earliest.ts'
import { quorumOf } from './policy.ts'
import { rememberByLooks } from './remember-by-looks.ts'
import type { Verification } from './verification.ts'

/** The answers of all chains together. */
export interface ChainsJudgement {
  readonly issuerKey: Check
  readonly accreditation: Check
  /** The time that was judged at; none if no chain answered. */
  readonly judgedAt: Seconds | undefined
  /** The account that spoke for the issuer then. */
  readonly account: Address | undefined
  /** The chains, without those that stopped answering. */
  readonly looks: ChainLooks
}

/**
 * Judges issuer, key and accreditation: at the anchor's time on each chain if enough chains have one,
 * else now, on all of them.
 *
 * @param thumbprint - Name of the key; `undefined` if it could not be had.
 */
export function judgeChains(
  { decoded, issuerId, now, policy, looks }: Verification,
  anchors: Anchors,
  thumbprint: Hash | undefined,
  scopes: readonly Scope[],
): ChainsJudgement | Promise<ChainsJudgement> {
  const needed = quorumOf(policy)
  if (needed === 0) return notAsked(anchors.looks)
  const { issuer } = decoded
  const isAnchored = anchors.found.length >= needed
  const question = { issuer, issuerId, thumbprint, scopes }
  const judge = () => askForJudgement(question, anchors, needed, isAnchored ? undefined : now)
  // As long as nothing is anchored the time is now, and every second asks another question.
  if (!isAnchored || anchors.looks.unseen.length > 0) return judge()
  let name = `${issuer} ${thumbprint ?? ''}`
  for (const { chain, anchoredAt } of anchors.found) name += ` ${chain.pin.chainId}@${anchoredAt}`
  for (const scope of scopes) name += ` ${scope}`
  return remember(looks, name, judge)
}

const remember = rememberByLooks<ChainsJudgement>()

/** @param now - What is judged at where nothing is anchored; else each chain judges at its anchor's time. */
async function askForJudgement(
  question: IssuerQuestion,
  anchors: Anchors,
  needed: number,
  now: Seconds | undefined,
): Promise<ChainsJudgement> {
  const times = new Map(anchors.found.map(({ chain, anchoredAt }) => [chain, anchoredAt]))
  const views = anchors.looks.seen.map(({ view }) => view)
  const { answers, looks } = await askChains(anchors.looks, async (chain) => {
    const time = now ?? times.get(chain)
    const others = views.filter((view) => view !== chain.view)
    return time === undefined ? undefined : judgeIssuer(question, chain, others, time)
  })
  const judgements = answers.filter((each) => each !== undefined)
  const issuerKey = agree('issuer-key', answersOf(judgements, 'issuerKey'), looks, needed)
  // A chain counts only if it passes whole: the key of one and the accreditation of another do not add up.
  const remaining = issuerKey.status === 'passed' ? judgements.filter(isKeyGood) : judgements
  const accreditation = agree('accreditation', answersOf(remaining, 'accreditation'), looks, needed)
  return { issuerKey, accreditation, looks, ...timeAndAccount(judgements, needed) }
}

function answersOf(
  judgements: readonly IssuerJudgement[],
  member: 'issuerKey' | 'accreditation',
): readonly ChainAnswer[] {
  return judgements.map(({ chain, time, [member]: check }) => ({ chain, time, check }))
}

function isKeyGood({ issuerKey }: IssuerJudgement): boolean {
  return issuerKey.status === 'passed'
}

/** T is the k-th earliest passing time; where too few pass, the k-th earliest time that was judged at. */
function timeAndAccount(judgements: readonly IssuerJudgement[], needed: number) {
  const whole = judgements.filter(
    (each) => isKeyGood(each) && each.accreditation.status === 'passed',
  )
  const counted = whole.length >= needed ? whole : judgements
  const judgedAt = kthEarliest(
    counted.map(({ time }) => time),
    needed,
  )
  const account = counted.find(({ time }) => time === judgedAt)?.account
  return { judgedAt: Number.isFinite(judgedAt) ? judgedAt : undefined, account }
}

function notAsked(looks: ChainLooks): ChainsJudgement {
  return {
    issuerKey: answer('issuer-key', 'CHAIN_NOT_ASKED', {}),
    accreditation: answer('accreditation', 'CHAIN_NOT_ASKED', {}),
    judgedAt: undefined,
    account: undefined,
    looks,
  }
}
