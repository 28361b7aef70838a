/**
 * EBSI's verifiable attestations, and the accreditations among them, as far as their rules can be held
 * against a credential alone (EBSI Verifiable Attestation schema 2.0, Verifiable Accreditation 1.3). Who
 * accredited the issuer stands in EBSI's registries, which nobody here asks.
 *
 * @module
 */
import * as z from 'zod/mini'
import { describeIssue } from '../lib/describe-issue.ts'
import { credentialsV1, type Credential } from './credential.ts'
import { listOf } from './list-of.ts'
import { oneOrMany } from './one-or-many.ts'
import { DateTimeStamp, Url } from './primitives.ts'

const text = z.string()
const Schema = z.looseObject({ id: Url, type: z.unknown() })

/** What every attestation has. */
const attestation = {
  id: Url,
  validFrom: DateTimeStamp,
  credentialSchema: listOf(Schema),
}

const Attestation = z.looseObject(attestation)
/** With VCDM 1.1, the day it was made is said apart from the day it begins to count. */
const OldAttestation = z.looseObject({ ...attestation, issued: DateTimeStamp })

/** What an organisation may do: issue credentials of these types, by this schema, in this place. */
const AccreditedFor = z.looseObject({
  schemaId: Url,
  types: listOf(text).check(z.minLength(1)),
  limitJurisdiction: oneOrMany(Url),
})

const AccreditationSubject = z.looseObject({
  id: Url,
  reservedAttributeId: text,
  accreditedFor: listOf(AccreditedFor),
})

const Accreditation = z.looseObject({
  validUntil: DateTimeStamp,
  credentialSubject: listOf(AccreditationSubject).check(
    z.refine(({ length }) => length === 1, 'expected one subject'),
  ),
  credentialStatus: listOf(z.looseObject({ id: Url, type: oneOrMany(text) })).check(
    z.refine(
      (entries) => entries.some(({ type }) => type.includes('EbsiAccreditationEntry')),
      'expected an EbsiAccreditationEntry',
    ),
  ),
  termsOfUse: listOf(z.looseObject({ id: z.optional(Url), type: z.unknown() })),
})

/** Tells whether a credential says that it is one of EBSI's. */
export function isEbsiAttestation({ type }: Pick<Credential, 'type'>): boolean {
  return type.includes('VerifiableAttestation')
}

/** Violations of EBSI's rules: member and rule. None if it keeps them all. */
export function ebsiViolations(credential: Credential): readonly string[] {
  const isOld = credential['@context'][0] === credentialsV1
  const isAccreditation = credential.type.some((type) => type.startsWith('VerifiableAccreditation'))
  const rules = [isOld ? OldAttestation : Attestation, ...(isAccreditation ? [Accreditation] : [])]
  return rules.flatMap((rule) => {
    const { error } = rule.safeParse(credential, { error: describeIssue })
    return (error?.issues ?? []).map(
      ({ path, message }) => `${path.map(String).join('.')}: ${message}`,
    )
  })
}
