/**
 * The rules of the kinds of credentials that are known here, beyond the data model.
 *
 * @module
 */
import type * as z from 'zod/mini'
import { describeIssue } from '../lib/describe-issue.ts'
import { ClrSubject, EndorsementSubject } from './clr.ts'
import { credentialsV1, type Credential } from './credential.ts'
import { ebsiViolations, isEbsiAttestation } from './ebsi.ts'
import { isOpenBadge, readOpenBadge } from './open-badge.ts'

/** What holding a credential against the rules of its kind found. */
export interface ContentJudgement {
  /** Whose rules. */
  readonly model: string
  /** Members that are missing or malformed: member and rule. */
  readonly violations: readonly string[]
  /** Parts that contradict each other. */
  readonly inconsistencies: readonly string[]
}

/**
 * Holds a credential against the rules of its kind: Open Badges 3.0 (badges and endorsements), CLR 2.0,
 * EBSI's attestations.
 *
 * @returns `undefined` if its kind is none that is known here.
 */
export function judgeContent(credential: Credential): ContentJudgement | undefined {
  const { type, credentialSubject } = credential
  if (isOpenBadge(credential)) {
    const { violations, inconsistencies } = readOpenBadge(credential)
    const all = [...missingMembers(credential), ...violations]
    return { model: 'Open Badges 3.0', violations: all, inconsistencies }
  }
  if (type.includes('EndorsementCredential')) {
    return found('Open Badges 3.0', credential, violationsOf(EndorsementSubject, credentialSubject))
  }
  if (type.includes('ClrCredential')) {
    return found('CLR 2.0', credential, violationsOf(ClrSubject, credentialSubject))
  }
  if (!isEbsiAttestation(credential)) return undefined
  const violations = ebsiViolations(credential)
  return { model: 'EBSI Verifiable Attestation', violations, inconsistencies: [] }
}

function found(
  model: string,
  credential: Credential,
  violations: readonly string[],
): ContentJudgement {
  return { model, violations: [...missingMembers(credential), ...violations], inconsistencies: [] }
}

/** What Open Badges 3.0 requires of every credential. Before VCDM 2.0, a name was not among it. */
function missingMembers(credential: Credential): readonly string[] {
  const isOld = credential['@context'][0] === credentialsV1
  const required = isOld ? (['id', 'validFrom'] as const) : (['id', 'name', 'validFrom'] as const)
  return required.flatMap((member) =>
    credential[member] === undefined ? [`${member}: missing`] : [],
  )
}

function violationsOf(
  schema: z.ZodMiniType,
  subjects: Credential['credentialSubject'],
): readonly string[] {
  return subjects.flatMap((subject, i) => {
    const { error } = schema.safeParse(subject, { error: describeIssue })
    return (error?.issues ?? []).map(
      ({ path, message }) =>
        `${['credentialSubject', i, ...path].map(String).join('.')}: ${message}`,
    )
  })
}
