import { Url } from '#sdk'
import * as z from 'zod/mini'

/** Formats that this server signs. */
export const IssuedFormat = z.enum(['vc+jwt', 'jwt_vc_json'])
export type IssuedFormat = z.infer<typeof IssuedFormat>

const Claims = z.record(z.string(), z.unknown())

/**
 * Body of `POST /credentials/issue` (VCALM, IssueCredentialRequest). The credential is one of VCDM 2.0
 * without what the server adds; the other members are closed.
 */
export const IssueRequest = z.strictObject({
  credential: Claims,
  options: z.optional(
    z.strictObject({
      /** Becomes the credential's `id`, where that is missing. */
      credentialId: z.optional(Url),
      /** `vc+jwt` if left out. */
      format: z.optional(IssuedFormat),
      /** Slug or DID of the issuer, where the credential does not name it. */
      issuer: z.optional(z.string().check(z.minLength(1), z.maxLength(2048))),
    }),
  ),
})
export type IssueRequest = z.infer<typeof IssueRequest>
