import { verifySignature } from '#crypto'
import type { DecodedCredential } from '../../formats/decoded.ts'
import type { Check } from '../../model/report.ts'
import { answer } from '../check.ts'
import type { FoundKey, KeyFinding } from '../find-issuer-key.ts'

/** What is needed of a credential or presentation. */
type Signed = Pick<DecodedCredential, 'algorithm' | 'signingInput' | 'signature' | 'issuer'>

/** Did the key that was found sign exactly these bytes? At once where the platform's cryptography is. */
export function checkSignature(signed: Signed, finding: KeyFinding): Check | Promise<Check> {
  if ('missing' in finding) return finding.missing
  const { algorithm, signingInput, signature } = signed
  const isValid = verifySignature(algorithm, finding.key, signingInput, signature)
  return isValid instanceof Promise
    ? isValid.then((each) => signatureCheck(each, signed, finding))
    : signatureCheck(isValid, signed, finding)
}

function signatureCheck(isValid: boolean, { issuer }: Signed, { isUnbound }: FoundKey): Check {
  if (!isValid) return answer('signature', 'SIGNATURE_INVALID', { issuer })
  return isUnbound === true
    ? answer('signature', 'KEY_UNBOUND', { issuer })
    : answer('signature', 'SIGNATURE_VALID', { issuer })
}
