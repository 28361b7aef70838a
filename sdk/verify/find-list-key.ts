import type { DecodedCredential } from '../formats/decode.ts'
import { judgeBinding } from '../trust/judge-binding.ts'
import { judgeKey } from '../trust/judge-key.ts'
import { askChains } from './chains.ts'
import { answer } from './check.ts'
import {
  findIssuerKey,
  type FoundKey,
  type KeyFinding,
  type KeySources,
} from './find-issuer-key.ts'
import type { Verification } from './verification.ts'

/**
 * Finds the key that signed a status list of the credential's issuer: the credential's own, if it has
 * the same name, else that of the DID document. Where the policy has chains, it must be good there now:
 * a host alone, even the issuer's, cannot make a list that is believed.
 */
export async function findListKey(
  verification: Verification,
  own: KeyFinding,
  list: Pick<DecodedCredential, 'issuer' | 'kid'>,
  sources: KeySources,
): Promise<KeyFinding> {
  const { issuer, kid } = list
  const isOwn = kid === verification.decoded.kid && !('missing' in own)
  const key = isOwn ? own : await findIssuerKey({ issuer, kid, sources })
  if ('missing' in key || verification.policy.chains.length === 0 || verification.isForeign)
    return key
  if (await isRegisteredNow(verification, key)) return key
  const reason = 'the key that signed it is not registered'
  return { missing: answer('signature', 'KEY_INVALID', { issuer, reason }) }
}

async function isRegisteredNow(
  { issuerId, now, looks }: Verification,
  { thumbprint }: FoundKey,
): Promise<boolean> {
  const { answers } = await askChains(looks, async ({ view }) => {
    const [issuer, key] = await Promise.all([
      view.issuerOf(issuerId),
      view.keyOf(issuerId, thumbprint),
    ])
    return judgeBinding(issuer, now).bound && judgeKey(key, issuer, now).good
  })
  return answers.some(Boolean)
}
