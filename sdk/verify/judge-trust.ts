import { isRegistryError } from '../errors.ts'
import type { Address, Hash, Seconds } from '../model/primitives.ts'
import type { Check, CheckName } from '../model/report.ts'
import type { Scope } from '../model/scope.ts'
import { scopesOf } from '../model/scopes-of.ts'
import { answer } from './check.ts'
import { checkAnchor } from './checks/anchor.ts'
import { findAnchors, type Anchors } from './find-anchors.ts'
import { guard, internal } from './guard.ts'
import { judgeChains } from './judge-chains.ts'
import type { Verification } from './verification.ts'

/** The checks that the chains answer, but for the status. */
export interface TrustJudgement {
  /** anchor, issuer-key, accreditation */
  readonly checks: readonly Check[]
  /** The time at which key and accreditation were judged. */
  readonly judgedAt?: Seconds | undefined
  /** The account that spoke for the issuer then. */
  readonly account?: Address | undefined
}

/**
 * When did it exist, and was its issuer, with this key, accredited for it then?
 *
 * @param thumbprint - Name of the key; `undefined` if it could not be had.
 */
export async function judgeTrust(
  verification: Verification,
  thumbprint: Hash | undefined,
): Promise<TrustJudgement> {
  let anchors: Anchors
  try {
    anchors = await findAnchors(verification)
  } catch (error) {
    return { checks: [internal('anchor', error), ...notReached('issuer-key', 'accreditation')] }
  }
  const anchor = await guard('anchor', () => checkAnchor(verification, anchors))
  try {
    const scopes = readScopes(verification)
    const judgement = await judgeChains(verification, anchors, thumbprint, scopes)
    const { issuerKey, accreditation, judgedAt, account } = judgement
    return { checks: [anchor, issuerKey, accreditation], judgedAt, account }
  } catch (error) {
    return { checks: [anchor, internal('issuer-key', error), ...notReached('accreditation')] }
  }
}

function notReached(...names: readonly CheckName[]): readonly Check[] {
  return names.map((name) => answer(name, 'NOT_REACHED', {}))
}

/** What the issuer must be accredited for; nothing, which nobody can be, if its types make up no scope. */
function readScopes({ decoded }: Verification): readonly Scope[] {
  try {
    return scopesOf(decoded.credential)
  } catch (error) {
    if (isRegistryError(error)) return []
    throw error
  }
}
