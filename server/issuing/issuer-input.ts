import { IssuerInput, SigningAlgorithm } from '#sdk'
import * as z from 'zod/mini'
import { Siret } from '../taxonomy/siret.ts'

/** Last part of an issuer's DID and addresses: what a did:web may hold without escaping. */
const Slug = z
  .string()
  .check(
    z.regex(
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      'expected lower-case letters, digits and inner dashes, at most 63',
    ),
  )

const { name, url, email, nda, uai, address } = IssuerInput.shape

/** A legal entity that is to issue here. Closed. */
export const NewIssuer = z.strictObject({
  slug: Slug,
  name,
  siret: z.optional(Siret),
  profile: z.optional(z.strictObject({ url, email, nda, uai, address })),
  /** What it signs with. */
  algorithm: z._default(SigningAlgorithm, 'ES256'),
})
export type NewIssuer = z.infer<typeof NewIssuer>
