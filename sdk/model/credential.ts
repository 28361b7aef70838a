/**
 * Credentials as Livret reads them: the VC Data Model 2.0, with every member that may be one or many
 * turned into many, so that nobody downstream has to ask. Open where the standard is open.
 *
 * @module
 */
import * as z from 'zod/mini'
import { listOf } from './list-of.ts'
import { oneOrMany } from './one-or-many.ts'
import { DateTimeStamp, IssuerId, Url } from './primitives.ts'
import { RelatedResources } from './related-resource.ts'

/** First `@context` of VCDM 2.0 (section 4.3). */
export const credentialsV2 = 'https://www.w3.org/ns/credentials/v2'
/** First `@context` of VCDM 1.1. */
export const credentialsV1 = 'https://www.w3.org/2018/credentials/v1'

const text = z.string().check(z.minLength(1))

/** A text with its language and direction, and nothing else. */
const LanguageValue = z.strictObject({
  '@value': z.string(),
  '@language': z.optional(
    z.string().check(
      z.maxLength(64),
      z.refine((tag) => /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(tag), 'expected a language tag'),
    ),
  ),
  '@direction': z.optional(z.enum(['ltr', 'rtl'])),
})

/** A string, a language value object, or several (VCDM 2.0 section 11.1). */
export const LanguageText = z.union([z.string(), LanguageValue, listOf(LanguageValue)])
/** A text in one language or several. */
export type LanguageText = z.infer<typeof LanguageText>

/** A member that must say its type; its `id` is optional (VCDM 2.0 sections 4.10, 4.11, 5.4 to 5.6). */
export const Typed = z.looseObject({ id: z.optional(Url), type: oneOrMany(text) })
/** Anything that says its type. */
export type Typed = z.infer<typeof Typed>

/** Issuer: a DID or https address, or an object with one; always the object afterwards. */
export const Issuer = z.pipe(
  z.transform((issuer: string | { id: string }) =>
    typeof issuer === 'string' ? { id: issuer } : issuer,
  ),
  z.looseObject({
    id: IssuerId,
    name: z.optional(LanguageText),
    description: z.optional(LanguageText),
  }),
)

/** Who issued, and what it says of itself. */
export type IssuerProfile = z.output<typeof Issuer>

/** What is claimed of one subject; `id` is the holder's DID where the credential names one. */
export const Subject = z
  .looseObject({ id: z.optional(Url) })
  .check(z.refine((subject) => Object.keys(subject).length > 0, 'expected at least one claim'))
/** The claims about one subject. */
export type Subject = z.infer<typeof Subject>

const contexts = oneOrMany(z.union([Url, z.looseObject({})])).check(
  z.refine((list) => list.length <= 32, 'more than 32 contexts'),
)

const types = oneOrMany(text).check(
  z.refine(
    (list) => list.includes('VerifiableCredential'),
    'expected VerifiableCredential among them',
  ),
  z.refine((list) => new Set(list).size === list.length, 'a type stands twice'),
)

const members = {
  id: z.optional(Url),
  type: types,
  issuer: Issuer,
  name: z.optional(LanguageText),
  description: z.optional(LanguageText),
  credentialSubject: oneOrMany(Subject),
  validFrom: z.optional(DateTimeStamp),
  validUntil: z.optional(DateTimeStamp),
  credentialStatus: z.optional(oneOrMany(Typed)),
  credentialSchema: z.optional(oneOrMany(z.looseObject({ id: Url, type: oneOrMany(text) }))),
  evidence: z.optional(oneOrMany(Typed)),
  termsOfUse: z.optional(oneOrMany(Typed)),
  refreshService: z.optional(oneOrMany(Typed)),
  relatedResource: z.optional(RelatedResources),
}

const inOrder = z.refine<{ validFrom?: string | undefined; validUntil?: string | undefined }>(
  ({ validFrom, validUntil }) =>
    validFrom === undefined ||
    validUntil === undefined ||
    Date.parse(validFrom) <= Date.parse(validUntil),
  { error: 'validUntil before validFrom', path: ['validUntil'] },
)

/** A credential of VCDM 2.0: the v2 context comes first. */
export const Credential = z
  .looseObject({
    '@context': contexts.check(
      z.refine(([first]) => first === credentialsV2, `expected ${credentialsV2} first`),
    ),
    ...members,
  })
  .check(inOrder)

/**
 * A credential of VCDM 1.1 whose dates were renamed to those of 2.0: the v1 context comes first.
 * `sdk/formats/legacy.ts` makes it from a JWT.
 */
export const LegacyCredential = z
  .looseObject({
    '@context': contexts.check(
      z.refine(([first]) => first === credentialsV1, `expected ${credentialsV1} first`),
    ),
    ...members,
  })
  .check(inOrder)

export type Credential = z.infer<typeof Credential>

/** A credential as it is written and signed: one or many, as the author likes. */
export type CredentialDocument = z.input<typeof Credential>
