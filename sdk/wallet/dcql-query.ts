/**
 * What a verifier asks for: the Digital Credentials Query Language (OpenID4VP 1.0 section 6), as a
 * schema. Members that we do not know are ignored, as the standard wants.
 *
 * @module
 */
import * as z from 'zod/mini'

const identifier = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]+$/, 'expected letters, digits, _ and - only'))

/** One claim: where it stands, and what it may be. */
export const ClaimsQuery = z.looseObject({
  id: z.optional(identifier),
  path: z
    .array(z.union([z.string(), z.int().check(z.nonnegative()), z.null()]))
    .check(z.minLength(1), z.maxLength(32)),
  values: z.optional(
    z.array(z.union([z.string(), z.int(), z.boolean()])).check(z.minLength(1), z.maxLength(256)),
  ),
})
export type ClaimsQuery = z.infer<typeof ClaimsQuery>

const Meta = z.looseObject({
  /** Alternatives, each the types that must all be there (formats of VCDM). */
  type_values: z.optional(
    z.array(z.array(z.string()).check(z.minLength(1))).check(z.minLength(1), z.maxLength(64)),
  ),
  /** The types that may be there (`dc+sd-jwt`). */
  vct_values: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(64))),
})

/** One credential. */
export const CredentialQuery = z
  .looseObject({
    id: identifier,
    format: z.string(),
    /** Whether several credentials may answer. Default: false. */
    multiple: z.optional(z.boolean()),
    meta: Meta,
    trusted_authorities: z.optional(z.array(z.unknown()).check(z.minLength(1))),
    /** Whether the holder must prove to hold the key. Default: true. */
    require_cryptographic_holder_binding: z.optional(z.boolean()),
    claims: z.optional(z.array(ClaimsQuery).check(z.minLength(1), z.maxLength(256))),
    claim_sets: z.optional(
      z.array(z.array(identifier).check(z.minLength(1))).check(z.minLength(1), z.maxLength(64)),
    ),
  })
  .check(
    z.refine(({ claims = [] }) => isDistinct(claims.flatMap(({ id }) => id ?? [])), {
      error: 'an id stands there twice',
      path: ['claims'],
    }),
    z.refine(
      ({ claims = [], claim_sets: sets = [] }) =>
        sets.flat().every((id) => claims.some((claim) => claim.id === id)),
      { error: 'names a claim that is not asked for', path: ['claim_sets'] },
    ),
  )
export type CredentialQuery = z.infer<typeof CredentialQuery>

const CredentialSetQuery = z.looseObject({
  options: z.array(z.array(identifier).check(z.minLength(1))).check(z.minLength(1)),
  /** Default: true. */
  required: z.optional(z.boolean()),
})

/** A whole query. */
export const DcqlQuery = z
  .looseObject({
    credentials: z.array(CredentialQuery).check(z.minLength(1), z.maxLength(64)),
    credential_sets: z.optional(z.array(CredentialSetQuery).check(z.minLength(1), z.maxLength(64))),
  })
  .check(
    z.refine(({ credentials }) => isDistinct(credentials.map(({ id }) => id)), {
      error: 'an id stands there twice',
      path: ['credentials'],
    }),
    z.refine(
      ({ credentials, credential_sets: sets = [] }) =>
        sets
          .flatMap(({ options }) => options.flat())
          .every((id) => credentials.some((credential) => credential.id === id)),
      { error: 'names a credential that is not asked for', path: ['credential_sets'] },
    ),
  )
export type DcqlQuery = z.infer<typeof DcqlQuery>

function isDistinct(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length
}
