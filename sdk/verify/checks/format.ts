import type { Check } from '../../model/report.ts'
import { answer } from '../check.ts'
import type { Verification } from '../verification.ts'

/** Are format and signature algorithm accepted by the policy? */
export function checkFormat({ decoded, policy }: Verification): Check {
  const { format, algorithm } = decoded
  if (!policy.algorithms.includes(algorithm)) {
    return answer('format', 'ALGORITHM_NOT_ALLOWED', { reason: algorithm })
  }
  return answer('format', 'FORMAT_ACCEPTED', { format, algorithm })
}
