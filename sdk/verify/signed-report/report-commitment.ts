import { hmacSha256 } from '#crypto'
import { digestOf } from '../../anchor/commitment.ts'
import { reportDomain } from '../../anchor/constants.ts'
import { packHashes } from '../../anchor/pack.ts'
import type { DecodedCredential } from '../../formats/decoded.ts'
import { concatBytes, toHash, utf8 } from '../../lib/bytes.ts'
import type { Hash } from '../../model/primitives.ts'
import type { AnchoredCredential } from '../../model/receipt.ts'
import { readCredentialInput } from '../read-credential-input.ts'
import type { SignedReport } from './signed-report.ts'

/**
 * What names a credential in a signed report: as the commitment of a receipt (DESIGN section 3), in a domain of its own.
 *
 * ```
 * HMAC-SHA-256(salt, "livret:report:v1" || 0x00 || format || 0x00 || digest)
 * ```
 */
export function reportCommitment(decoded: DecodedCredential, salt: Hash): Hash {
  const prefix = utf8(`${reportDomain}\0${decoded.format}\0`)
  return toHash(hmacSha256(packHashes([salt]), concatBytes(prefix, digestOf(decoded))))
}

/**
 * Tells whether a report is about a credential. Only who has the salt can tell.
 *
 * @param report - From `verifyReport`.
 * @param salt - From `signReport`, handed over apart from the report.
 * @param credential - The credential, with or without its receipt. Of an SD-JWT what its issuer signed counts: which
 *   claims are disclosed with it makes no difference.
 * @throws {@link RegistryError} `TOKEN_INVALID` if it cannot be read, with the codes of `readCredentialInput`.
 */
export async function matchesReport(
  report: Pick<SignedReport, 'commitment'>,
  salt: Hash,
  credential: string | AnchoredCredential,
): Promise<boolean> {
  const { decoded } = await readCredentialInput(credential)
  return reportCommitment(decoded, salt) === report.commitment
}
