import type { Seconds } from '../model/primitives.ts'
import type { Check, CheckName } from '../model/report.ts'
import { chainTrouble, type ChainLooks, type SeenChain } from './chains.ts'
import { kthEarliest } from './kth-earliest.ts'

/** What one chain answers at its own time. */
export interface ChainAnswer {
  readonly chain: SeenChain
  readonly time: Seconds
  readonly check: Check
}

/**
 * Joins the answers of several chains into one.
 *
 * - Failed, with the first failing answer, if fewer than `needed` pass, and would still if every
 *   silent chain passed.
 * - Undecided if a chain is silent: it may hold a negative fact, which would apply to all.
 * - Else passed, at the time by which `needed` of them had passed.
 *
 * @param answers - In the policy's order.
 */
export function agree(
  name: CheckName,
  answers: readonly ChainAnswer[],
  looks: ChainLooks,
  needed: number,
): Check {
  const passing = answers.filter(({ check }) => check.status === 'passed')
  const failing =
    answers.find(({ check }) => check.status === 'failed') ??
    answers.find(({ check }) => check.status !== 'passed')
  if (passing.length + looks.unseen.length < needed && failing !== undefined) return failing.check
  const trouble = chainTrouble(name, looks)
  if (trouble !== undefined) return trouble
  const [first] = passing
  if (first === undefined || passing.length < needed) {
    throw new Error(`${name}: ${String(passing.length)} answers, none of them failing`)
  }
  return {
    ...first.check,
    facts: {
      ...first.check.facts,
      judgedAt: kthEarliest(
        passing.map(({ time }) => time),
        needed,
      ),
      chains: passing.map(({ chain }) => chain.pin.name),
    },
    blocks: passing.map(({ chain }) => chain.view.block),
  }
}
