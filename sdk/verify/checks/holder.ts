import type { Did } from '../../model/primitives.ts'
import type { Check, Verdict } from '../../model/report.ts'
import { answer } from '../check.ts'
import type { Verification } from '../verification.ts'

/** Who presented the credential, if somebody did. */
export interface Presenter {
  readonly holder: Did
  /** Whether the presentation itself is good. */
  readonly verdict: Verdict
  /** Whether it answers a challenge of ours; else it may be a copy of one that was made for another. */
  readonly isChallenged: boolean
}

/**
 * Was it presented by the one it was issued to? Every subject must be the presentation's signer.
 *
 * @param presenter - `undefined` for a credential that was handed over by itself.
 */
export function checkHolder(
  { decoded }: Pick<Verification, 'decoded'>,
  presenter: Presenter | undefined,
): Check {
  if (presenter === undefined) return answer('holder', 'HOLDER_NOT_PRESENTED', {})
  const { holder, verdict, isChallenged } = presenter
  if (verdict === 'invalid') return answer('holder', 'PRESENTATION_INVALID', {})
  const subjects = decoded.credential.credentialSubject.map(({ id }) => id)
  const other = subjects.find((id) => id !== undefined && id !== holder)
  if (other !== undefined) return answer('holder', 'HOLDER_MISMATCH', { holder, subject: other })
  if (subjects.includes(undefined)) return answer('holder', 'HOLDER_UNNAMED', {})
  if (verdict === 'undecided') return answer('holder', 'PRESENTATION_UNDECIDED', {})
  return isChallenged
    ? answer('holder', 'HOLDER_PROVEN', { holder })
    : answer('holder', 'HOLDER_UNCHALLENGED', { holder })
}
