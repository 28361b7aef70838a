import { refused } from '../../formats/refusal.ts'
import { splitJws } from '../../formats/jws.ts'
import { verifyJws } from '../../formats/verify-jws.ts'
import { readJsonBytes } from '../../lib/json.ts'
import { parse } from '../../lib/parse.ts'
import type { PublicJwk } from '../../model/jwk.ts'
import { reportType, SignedReport } from './signed-report.ts'

/**
 * Reads a signed report and verifies it: the signature with the key that is given, never one that the header names, then
 * every member.
 *
 * @param jws - Exactly the token, without blanks around it.
 * @param jwk - The public key of a verifier whose word is taken.
 * @returns What that verifier found, at `verifiedAt`. What became of the credential since is not in it.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `SIGNATURE_INVALID` if the key did not sign it,
 *   `FORMAT_UNKNOWN` if it is signed for something else, or those of `splitJws`; `INPUT_INVALID` naming the members
 *   of a report that is none of this version, or for a private key.
 *
 * @example
 * ```ts
 * const { verdict, verifiedAt } = await verifyReport(jws, publicJwk)
 * ```
 */
export async function verifyReport(jws: string, jwk: PublicJwk): Promise<SignedReport> {
  const { typ, payload } = splitJws(jws)
  if (typ !== reportType) throw refused('FORMAT_UNKNOWN', 'it is no signed report')
  if (!(await verifyJws(jws, jwk))) {
    throw refused('SIGNATURE_INVALID', 'the report is not signed with this key')
  }
  const { value, problem } = readJsonBytes(payload)
  if (problem !== undefined) throw refused('MALFORMED', `payload: ${problem}`)
  return parse(SignedReport, value, 'report')
}
