import { judgeTerms, type TermsJudgement } from '../../formats/json-ld/judge-terms.ts'
import type { Check } from '../../model/report.ts'
import { answer } from '../check.ts'
import type { Verification } from '../verification.ts'

/**
 * Are format and signature algorithm accepted by the policy, and do all terms have a meaning? Contexts
 * that are not known here leave the last open; `schema` names them. VCDM 1.1 is not looked at as JSON-LD.
 *
 * @param isSigned - Whether the signature is good: what a stranger wrote is not worth the work.
 */
export function checkFormat(
  { decoded, policy }: Pick<Verification, 'decoded' | 'policy'>,
  isSigned: boolean,
): Check | Promise<Check> {
  const { format, algorithm, credential } = decoded
  if (!policy.algorithms.includes(algorithm)) {
    return answer('format', 'ALGORITHM_NOT_ALLOWED', { reason: algorithm })
  }
  const accepted = answer('format', 'FORMAT_ACCEPTED', { format, algorithm })
  if (format !== 'vc+jwt' || !isSigned) return accepted
  const terms = judgeTerms(credential)
  return terms instanceof Promise
    ? terms.then((each) => termsCheck(each, accepted))
    : termsCheck(terms, accepted)
}

function termsCheck(terms: TermsJudgement, accepted: Check): Check {
  return terms.kind === 'undefined'
    ? answer('format', 'TERMS_UNDEFINED', { reason: terms.problem })
    : accepted
}
