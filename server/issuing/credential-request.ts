import { Format, Url } from '#sdk'
import * as z from 'zod/mini'

/** Formats that this server signs. */
export const IssuedFormat = Format
export type IssuedFormat = Format

/** `ob3-strict` is `vc+jwt` in the exact JWT form of Open Badges 3.0. */
const WantedFormat = z.enum([...IssuedFormat.options, 'ob3-strict'])
export type WantedFormat = z.infer<typeof WantedFormat>

const WantedFormats = z.array(WantedFormat).check(
  z.minLength(1),
  z.refine((list) => new Set(list.map(formatOf)).size === list.length, 'a format stands twice'),
)

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
      /** `vc+jwt` if left out. A list asks for one award in several formats, and for a list as answer. */
      format: z.optional(z.union([WantedFormat, WantedFormats])),
      /** Slug or DID of the issuer, where the credential does not name it. */
      issuer: z.optional(z.string().check(z.minLength(1), z.maxLength(2048))),
    }),
  ),
})
export type IssueRequest = z.infer<typeof IssueRequest>

/** The format under which an award is kept. */
export function formatOf(wanted: WantedFormat): IssuedFormat {
  return wanted === 'ob3-strict' ? 'vc+jwt' : wanted
}
