/**
 * The question the registry is there for: was this account accredited for this kind of certificate
 * at that time, by an unbroken chain of accreditations from the authority that the verifier pins?
 *
 * @module
 */
import { scopePrefixes } from '../chain/scope-hash.ts'
import type { AccreditationRecord, ChainView, Right } from '../chain/source.ts'
import type { Address, Seconds } from '../model/primitives.ts'
import type { Scope } from '../model/scope.ts'

/** The most records that a chain of accreditation may have: `MAX_LINKS` of the contract. */
export const longestPath = 6

/** Why an account was not accredited, the gravest first. */
export const accreditationReasons = [
  'annulled',
  'withdrawn',
  'expired',
  'not-yet',
  'not-covered',
  'none',
] as const

/**
 * - `annulled`: the record, or one above it, never was valid;
 * - `withdrawn`, `expired`: it had ended by then;
 * - `not-yet`: it was given later;
 * - `not-covered`: there are records, but none for this scope;
 * - `none`: there is no record of this right that leads up to the authority.
 */
export type AccreditationReason = (typeof accreditationReasons)[number]

/** Whether an account was accredited: by which path, or why not. */
export type AccreditationJudgement =
  | {
      accredited: true
      /** From the account's record up to one of the authority; empty for the authority itself. */
      path: readonly AccreditationRecord[]
    }
  | {
      accredited: false
      /** The gravest of all that stands in the way. */
      reason: AccreditationReason
      /** The record that it was said of; none for `not-covered` and `none`. */
      record?: AccreditationRecord
    }

/** An account whose right is to be shown, over the scope that the first `depth` labels make up. */
interface Step {
  account: Address
  right: Right
  depth: number
  path: readonly AccreditationRecord[]
}

/** What was found against the account so far. */
interface Objection {
  reason: AccreditationReason
  record?: AccreditationRecord
}

/**
 * Judges whether `account` held `right` over `scope` at `time`: whether a path of at most six records
 * leads up to the pinned authority, each of them valid at `time`, each covering the scope of the one
 * below. The same as `accreditationAt` of the contract for the best path there is.
 *
 * Loops are harmless: an account is looked at again only for a wider scope than before.
 *
 * @param view - The chain, as it was at a final block not earlier than `time`.
 * @throws What `view.accreditationsOf` throws.
 *
 * @example
 * ```ts
 * const scope = Scope.parse('TrainingCertificate/RNCP34079')
 * const judgement = await judgeAccreditation(view, account, 'attest', scope, anchor.anchoredAt)
 * ```
 */
export async function judgeAccreditation(
  view: ChainView,
  account: Address,
  right: Right,
  scope: Scope,
  time: Seconds,
): Promise<AccreditationJudgement> {
  const { authority } = view.pin
  if (account === authority) return { accredited: true, path: [] }

  const depths = new Map(scopePrefixes(scope).map((hash, depth) => [hash, depth]))
  const widest = new Map<Address, number>()
  let objection: Objection = { reason: 'none' }
  let steps: readonly Step[] = [{ account, right, depth: depths.size - 1, path: [] }]
  for (let links = 1; links <= longestPath && steps.length > 0; links++) {
    const records = await Promise.all(steps.map((step) => view.accreditationsOf(step.account)))
    const next: Step[] = []
    for (const [i, step] of steps.entries()) {
      for (const record of records[i] ?? []) {
        if (record.right !== step.right) continue
        const depth = depths.get(record.scope) ?? Infinity
        const against = objectionTo(record, depth <= step.depth, time)
        if (against !== undefined) {
          objection = graver(objection, against)
          continue
        }
        const path = [...step.path, record]
        const { accreditor } = record
        if (accreditor === authority) return { accredited: true, path }
        if ((widest.get(accreditor) ?? -1) >= depth) continue
        widest.set(accreditor, depth)
        next.push({ account: accreditor, right: 'accredit', depth, path })
      }
    }
    steps = next
  }
  return { accredited: false, ...objection }
}

/** What speaks against a record at `time`; nothing if it is good. */
function objectionTo(
  record: AccreditationRecord,
  covers: boolean,
  time: Seconds,
): Objection | undefined {
  if (!covers) return { reason: 'not-covered' }
  const { validFrom, validUntil, withdrawnFrom, annulled } = record
  if (annulled) return { reason: 'annulled', record }
  const isWithdrawn = withdrawnFrom !== 0 && withdrawnFrom < validUntil
  if (isWithdrawn && !(time < withdrawnFrom)) return { reason: 'withdrawn', record }
  if (!(time < validUntil)) return { reason: 'expired', record }
  if (!(validFrom !== 0 && validFrom <= time)) return { reason: 'not-yet', record }
  return undefined
}

function graver(a: Objection, b: Objection): Objection {
  return gravityOf(b) > gravityOf(a) ? b : a
}

function gravityOf({ reason }: Objection): number {
  return accreditationReasons.length - accreditationReasons.indexOf(reason)
}
