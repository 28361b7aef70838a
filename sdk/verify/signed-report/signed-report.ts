/**
 * The shape of a signed report: what a verification found, without anything that the credential says.
 *
 * @module
 */
import * as z from 'zod/mini'
import { Format } from '../../model/format.ts'
import { Address, Hash, IssuerId } from '../../model/primitives.ts'
import { checkNames } from '../../model/report.ts'
import { checkCodes, isCheckCode } from '../codes.ts'
import { verdictOf } from '../verdict.ts'
import { SignedFacts } from './signed-facts.ts'

/** `typ` of the JWS that a report is signed as. */
export const reportType = 'livret-report+jwt'

const seconds = z.int().check(z.nonnegative())

const Block = z.strictObject({
  chainId: z.int().check(z.positive()),
  number: z.int().check(z.nonnegative()),
  hash: Hash,
  timestamp: seconds,
})

const SignedCheck = z
  .strictObject({
    name: z.enum(checkNames),
    status: z.enum(['passed', 'failed', 'undecided', 'skipped']),
    code: z.string(),
    facts: SignedFacts,
    blocks: z.array(Block).check(z.maxLength(16)),
  })
  .check(
    z.refine(({ code, status }) => isCheckCode(code) && checkCodes[code].status === status, {
      error: 'expected a code of this version, with its own status',
      path: ['code'],
    }),
  )

/**
 * What is signed of a report. Numbers are Unix seconds; a code that this version does not know is refused, and so is a
 * verdict that does not follow from the checks.
 */
export const SignedReport = z
  .strictObject({
    type: z.literal('LivretReport'),
    version: z.literal(1),
    /** What names the credential: HMAC-SHA-256 of its digest under a fresh salt; see `matchesReport`. */
    commitment: Hash,
    format: Format,
    /** Under which policy: see `policyDigest`. */
    policy: Hash,
    verdict: z.enum(['valid', 'invalid', 'undecided']),
    verifiedAt: seconds,
    /** The time at which key and accreditation were judged. */
    judgedAt: z.optional(seconds),
    /** Only of an issuer that stands, with its key, in the registers of the policy: a legal entity, never a person. */
    issuer: z.optional(IssuerId),
    /** The account that spoke for the issuer at `judgedAt`. */
    issuerAccount: z.optional(Address),
    checks: z.array(SignedCheck).check(z.minLength(1), z.maxLength(checkNames.length)),
  })
  .check(
    z.refine(({ checks }) => isInOrder(checks.map(({ name }) => checkNames.indexOf(name))), {
      error: 'expected each question once, in their order',
      path: ['checks'],
    }),
    z.refine(({ checks, verdict }) => verdictOf(checks) === verdict, {
      error: 'does not follow from the checks',
      path: ['verdict'],
    }),
  )
export type SignedReport = z.infer<typeof SignedReport>

function isInOrder(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? number))
}
