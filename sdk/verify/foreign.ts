/**
 * Credentials from elsewhere: other platforms', other registries'. Signature, validity, status and
 * content can be looked into; who accredited the issuer, and when the credential existed, cannot. So they
 * are never valid, whatever else is good about them.
 *
 * @module
 */
import type { DecodedCredential } from '../formats/decoded.ts'
import { judgeOnce } from '../lib/shared.ts'
import { unknownContexts } from '../model/contexts.ts'
import type { Check } from '../model/report.ts'
import { askChains } from './chains.ts'
import { answer } from './check.ts'
import { checkAnchor } from './checks/anchor.ts'
import { findAnchors } from './find-anchors.ts'
import { guard } from './guard.ts'
import type { Verification } from './verification.ts'

/**
 * Tells whether a credential says that it stands in a registry like ours: by our own context, the link
 * to a receipt, or an entry on chain. One that does is judged as such, and fails as such: nobody makes a
 * credential foreign by taking something away from it, because all of this is signed.
 */
export function claimsRegistry({ credential }: Pick<DecodedCredential, 'credential'>): boolean {
  const { '@context': contexts, credentialStatus = [] } = credential
  return (
    'receipt' in credential ||
    holdsOurContext(contexts) ||
    credentialStatus.some(({ type }) => type.includes('OnChainStatusEntry'))
  )
}

const holdsOurContext = judgeOnce((contexts: readonly unknown[]) =>
  contexts.some(
    (context) => typeof context === 'object' && unknownContexts([context]).length === 0,
  ),
)

/**
 * Tells whether a credential is from elsewhere: it claims no registry, and every chain of the policy
 * answers that its issuer was never confirmed there. As long as one is silent, it is not; without chains
 * there is no elsewhere.
 */
export async function isForeign({
  decoded,
  issuerId,
  looks,
}: Pick<Verification, 'decoded' | 'issuerId' | 'looks'>): Promise<boolean> {
  const isSilent = looks.seen.length === 0 || looks.unseen.length > 0
  if (isSilent || claimsRegistry(decoded)) return false
  const asked = await askChains(looks, ({ view }) => view.issuerOf(issuerId))
  return (
    asked.looks.unseen.length === 0 &&
    asked.answers.every((issuer) => (issuer?.bindings ?? []).length === 0)
  )
}

/**
 * anchor, issuer-key and accreditation of a credential from elsewhere: the anchor counts if it has one
 * nevertheless; the issuer fails under `foreign: 'refuse'`, and stays undecided under `'report'`.
 */
export async function judgeForeign(verification: Verification): Promise<readonly Check[]> {
  const { policy, decoded, looks } = verification
  const { issuer } = decoded
  const facts = { issuer, chains: looks.seen.map(({ pin }) => pin.name) }
  const blocks = looks.seen.map(({ view }) => view.block)
  const code = policy.foreign === 'report' ? 'ISSUER_FOREIGN' : 'ISSUER_UNKNOWN'
  return [
    await guard('anchor', () => anchorOf(verification)),
    answer('issuer-key', code, facts, blocks),
    answer('accreditation', 'ACCREDITATION_FOREIGN', {}),
  ]
}

async function anchorOf(verification: Verification): Promise<Check> {
  if (verification.receipt === undefined) return answer('anchor', 'ANCHOR_FOREIGN', {})
  const anchor = checkAnchor(verification, await findAnchors(verification))
  const isTelling = anchor.status === 'passed' || anchor.code === 'RECEIPT_MISMATCH'
  return isTelling ? anchor : answer('anchor', 'ANCHOR_FOREIGN', {})
}
