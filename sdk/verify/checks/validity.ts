import type { DecodedCredential } from '../../formats/decoded.ts'
import type { Credential } from '../../model/credential.ts'
import type { Seconds } from '../../model/primitives.ts'
import type { Check } from '../../model/report.ts'
import { answer } from '../check.ts'
import type { Verification } from '../verification.ts'

/** What is needed of a verification: the times of a credential or list, and the time to judge at. */
interface Dated extends Pick<Verification, 'now' | 'policy'> {
  readonly decoded: Pick<DecodedCredential, 'signedAt' | 'notBefore' | 'expiresAt'> & {
    readonly credential: Pick<Credential, 'validFrom' | 'validUntil'>
  }
}

/**
 * Is it within its period of validity now? From `validFrom` on, before `validUntil` (VCDM 2.0 section
 * 4.9), from `nbf` on and before `exp` (RFC 7519 sections 4.1.5 and 4.1.4), with the policy's clock skew
 * on both sides. A signature dated in the future is not valid before then.
 */
export function checkValidity({ decoded, now, policy }: Dated): Check {
  const { credential, signedAt, notBefore, expiresAt } = decoded
  const validFrom = latest(secondsOf(credential.validFrom), notBefore, signedAt)
  const validUntil = earliest(secondsOf(credential.validUntil), expiresAt)
  const skew = policy.clockSkewSeconds
  if (!(now + skew >= validFrom)) return answer('validity', 'NOT_YET_VALID', { validFrom })
  if (!(now - skew < validUntil)) return answer('validity', 'EXPIRED', { validUntil })
  return answer('validity', 'IN_PERIOD', {})
}

/** When the credential says it was signed: `iat`, else `validFrom`; `undefined` if it says neither. */
export function signingTimeOf({ decoded }: Pick<Dated, 'decoded'>): Seconds | undefined {
  return decoded.signedAt ?? secondsOf(decoded.credential.validFrom)
}

/** The second that a `dateTimeStamp` is in. */
function secondsOf(date: string | undefined): Seconds | undefined {
  return date === undefined ? undefined : Math.floor(Date.parse(date) / 1000)
}

function latest(...times: readonly (Seconds | undefined)[]): Seconds {
  return Math.max(...times.map((time) => time ?? -Infinity))
}

function earliest(...times: readonly (Seconds | undefined)[]): Seconds {
  return Math.min(...times.map((time) => time ?? Infinity))
}
