import { verifySignature } from '#crypto'
import type { DecodedCredential } from '../../formats/decoded.ts'
import type { Check } from '../../model/report.ts'
import { answer } from '../check.ts'
import type { KeyFinding } from '../find-issuer-key.ts'

/** What is needed of a credential or presentation. */
type Signed = Pick<DecodedCredential, 'algorithm' | 'signingInput' | 'signature' | 'issuer'>

/** Did the key that was found sign exactly these bytes? */
export async function checkSignature(signed: Signed, finding: KeyFinding): Promise<Check> {
  if ('missing' in finding) return finding.missing
  const { algorithm, signingInput, signature, issuer } = signed
  const isValid = await verifySignature(algorithm, finding.key, signingInput, signature)
  if (isValid && finding.isUnbound === true) return answer('signature', 'KEY_UNBOUND', { issuer })
  return isValid
    ? answer('signature', 'SIGNATURE_VALID', { issuer })
    : answer('signature', 'SIGNATURE_INVALID', { issuer })
}
