import { explainCheck, type Check, type Language, type Report } from '#sdk'

/** `ProblemDetails` of VCDM 2.0: one for each check that did not pass. */
export interface ProblemDetails {
  type: string
  title: string
  detail: string
}

const vcdm = 'https://www.w3.org/TR/vc-data-model#'

/** Codes for which VCDM 2.0 has a type (section 7.1, Problem Details); the others have their own. */
const standardTypes: Readonly<Record<string, string>> = {
  MALFORMED: `${vcdm}PARSING_ERROR`,
  TOO_LARGE: `${vcdm}PARSING_ERROR`,
  CREDENTIAL_MALFORMED: `${vcdm}MALFORMED_VALUE_ERROR`,
  STATUS_MALFORMED: `${vcdm}MALFORMED_VALUE_ERROR`,
  SIGNATURE_INVALID: `${vcdm}CRYPTOGRAPHIC_SECURITY_ERROR`,
}

/** What stands against a credential or presentation, worst first; what was not reached says nothing. */
export function problemsOf({ checks }: Report, language: Language): readonly ProblemDetails[] {
  const failed = checks.filter(({ status }) => status === 'failed')
  const undecided = checks.filter(({ status }) => status === 'undecided')
  return [...failed, ...undecided].map((check) => problemOf(check, language))
}

function problemOf(check: Check, language: Language): ProblemDetails {
  return {
    type: standardTypes[check.code] ?? `urn:livret:check:${check.code}`,
    title: `${check.name} ${check.status}: ${check.code}`,
    detail: explainCheck(check, language),
  }
}
