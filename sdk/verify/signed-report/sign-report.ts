/**
 * Signed reports: a verifier's word on a credential, to be given on without the credential.
 *
 * A compact JWS of the type `livret-report+jwt` (explicit typing: RFC 8725 section 3.11) over {@link SignedReport}. It
 * holds no personal data: the credential is named by a commitment under a salt that is made for this report, so that
 * two reports about one credential have nothing in common that others could link but times and blocks.
 *
 * @module
 */
import { randomBytes } from '#crypto'
import { RegistryError } from '../../errors.ts'
import type { DecodedCredential } from '../../formats/decoded.ts'
import { signJws } from '../../formats/sign-jws.ts'
import type { Signer } from '../../formats/signer.ts'
import { toHash } from '../../lib/bytes.ts'
import { parse } from '../../lib/parse.ts'
import type { Policy } from '../../model/policy.ts'
import { Hash } from '../../model/primitives.ts'
import type { AnchoredCredential } from '../../model/receipt.ts'
import type { Report } from '../../model/report.ts'
import { policyDigest } from '../policy.ts'
import { readCredentialInput } from '../read-credential-input.ts'
import { reportCommitment } from './report-commitment.ts'
import { signedFacts } from './signed-facts.ts'
import { reportType, SignedReport } from './signed-report.ts'

/** What a report was made of. */
export interface ReportOptions {
  /** The very credential that was verified, with or without its receipt. */
  credential: string | AnchoredCredential
  /** The policy that it was verified under. */
  policy: Policy
}

/**
 * Signs what is left of a report without personal data: verdict, codes, times and blocks. Left out: names, subjects,
 * scopes, addresses, reasons, and the issuer unless a register of the policy shows it with its key.
 *
 * @param report - From `verifyCredential` or `verifyBundle`.
 * @param signer - The verifier's own key. Its `kid` stands in the header: let it name nobody who is not to be named.
 * @returns The JWS, and the salt. Give the salt only to those who may know which credential it is about: with it and
 *   the credential `matchesReport` tells; without it nobody can, not even by guessing credentials.
 * @throws {@link RegistryError} `TOKEN_INVALID` if the credential cannot be read, so that nothing could be named;
 *   `INPUT_INVALID` if the report is about one of another format or issuer, or is no report of this version.
 *
 * @example
 * ```ts
 * const { jws, salt } = await signReport(report, createSigner('did:web:verifier.example#1', key), {
 *   credential,
 *   policy,
 * })
 * ```
 */
export async function signReport(
  report: Report,
  signer: Signer,
  { credential, policy }: ReportOptions,
): Promise<{ jws: string; salt: Hash }> {
  const { decoded } = await readCredentialInput(credential)
  requireSame(report, decoded)
  const { verdict, verifiedAt, judgedAt } = report
  const salt = toHash(randomBytes(32))
  const claims = {
    type: 'LivretReport',
    version: 1,
    commitment: reportCommitment(decoded, salt),
    format: decoded.format,
    policy: policyDigest(policy),
    verdict,
    verifiedAt,
    ...(judgedAt !== undefined && { judgedAt }),
    ...registeredIssuer(report, decoded),
    checks: report.checks.map((check) => ({
      name: check.name,
      status: check.status,
      code: check.code,
      facts: signedFacts(check, policy),
      blocks: check.blocks.map(({ chainId, number, hash, timestamp }) => ({
        ...{ chainId, number, hash, timestamp },
      })),
    })),
  }
  const jws = await signJws({ typ: reportType }, parse(SignedReport, claims, 'report'), signer)
  return { jws, salt }
}

function requireSame({ format, issuer }: Report, decoded: DecodedCredential): void {
  const isSame =
    (format === undefined || format === decoded.format) &&
    (issuer === undefined || issuer === decoded.issuer)
  if (isSame) return
  const problems = ['report: it is about another credential']
  throw new RegistryError('INPUT_INVALID', { input: 'report', problems })
}

/** Nobody but a register says that an issuer is no person; one that speaks of itself is its own subject. */
function registeredIssuer({ checks, issuer, issuerAccount }: Report, decoded: DecodedCredential) {
  const isRegistered = checks.some(
    ({ name, status }) => name === 'issuer-key' && status === 'passed',
  )
  const isSubject = decoded.credential.credentialSubject.some(({ id }) => id === issuer)
  if (!isRegistered || isSubject || issuer === undefined) return {}
  return { issuer, ...(issuerAccount !== undefined && { issuerAccount }) }
}
