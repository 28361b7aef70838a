import type { Check } from '../../model/report.ts'
import { chainTrouble } from '../chains.ts'
import { answer } from '../check.ts'
import type { Anchors } from '../find-anchors.ts'
import { kthEarliest } from '../kth-earliest.ts'
import { quorumOf } from '../policy.ts'
import type { Verification } from '../verification.ts'
import { signingTimeOf } from './validity.ts'

/**
 * Is it anchored, finally, on as many chains as must agree? An anchor proves that it existed by then,
 * never that it did not before.
 *
 * Without enough anchors: undecided while the grace period after its signing lasts, failed afterwards
 * (at once, if it does not say when it was signed).
 */
export function checkAnchor(verification: Verification, anchors: Anchors): Check {
  const { policy, receipt } = verification
  const { found, looks, mismatch } = anchors
  if (mismatch !== undefined) return answer('anchor', 'RECEIPT_MISMATCH', { reason: mismatch })
  const needed = quorumOf(policy)
  if (needed > 0 && found.length >= needed) return anchored(anchors, needed)
  if (!policy.anchorRequired) return answer('anchor', 'ANCHOR_NOT_REQUIRED', {})
  if (needed === 0) return answer('anchor', 'NO_CHAINS', {})

  const silent = looks.unseen.filter(({ pin }) =>
    receipt?.anchors.some(({ chainId }) => chainId === pin.chainId),
  )
  const trouble = chainTrouble('anchor', { ...looks, unseen: silent })
  if (trouble !== undefined && found.length + silent.length >= needed) return trouble
  return notAnchored(verification, anchors, needed)
}

function anchored({ found }: Anchors, needed: number): Check {
  const anchoredAt = kthEarliest(
    found.map((each) => each.anchoredAt),
    needed,
  )
  const chains = found.map(({ chain }) => chain.pin.name)
  const blocks = found.map(({ chain }) => chain.view.block)
  return answer('anchor', 'ANCHORED', { anchoredAt, chains }, blocks)
}

function notAnchored(verification: Verification, { found, looks }: Anchors, needed: number): Check {
  const { now, policy } = verification
  const blocks = looks.seen.map(({ view }) => view.block)
  const signedAt = signingTimeOf(verification)
  const facts = { anchored: found.length, needed }
  const until = (signedAt ?? -Infinity) + policy.graceSeconds
  return now < until
    ? answer('anchor', 'ANCHOR_PENDING', { ...facts, until }, blocks)
    : answer('anchor', 'ANCHOR_MISSING', facts, blocks)
}
