/**
 * Presentations: credentials that a holder shows to one verifier, once (VCDM 2.0 section 4.13, VCDM
 * 1.1 section 4.10).
 *
 * @module
 */
import * as z from 'zod/mini'
import { credentialsV1, credentialsV2 } from './credential.ts'
import { listOf } from './list-of.ts'
import { oneOrMany } from './one-or-many.ts'
import { Did, Url } from './primitives.ts'

/** Most credentials in one presentation. */
export const maxPresented = 100

const contexts = (first: string) =>
  oneOrMany(z.union([Url, z.looseObject({})])).check(
    z.refine((list) => list[0] === first, `expected ${first} first`),
  )

const members = {
  id: z.optional(Url),
  type: oneOrMany(z.string()).check(
    z.refine((list) => list.includes('VerifiablePresentation'), 'expected VerifiablePresentation'),
  ),
  holder: z.optional(
    z.pipe(
      z.transform((holder: string | { id: string }) =>
        typeof holder === 'string' ? { id: holder } : holder,
      ),
      z.looseObject({ id: Did }),
    ),
  ),
}

/** None, one, or up to a hundred. */
const presented = <S extends z.ZodMiniType>(item: S) =>
  z.optional(z.union([listOf(item, maxPresented), item]))

/** A credential in a presentation of VCDM 2.0: in an envelope, or with its proof. */
const PresentedObject = z.looseObject({ type: oneOrMany(z.string()) })
export type PresentedObject = z.infer<typeof PresentedObject>

/** A presentation of VCDM 2.0: its credentials are objects, enveloped or embedded, never bare strings. */
export const Presentation = z.looseObject({
  '@context': contexts(credentialsV2),
  ...members,
  verifiableCredential: presented(PresentedObject),
})

/** A presentation of VCDM 1.1: its credentials are JWTs as bare strings. */
export const LegacyPresentation = z.looseObject({
  '@context': contexts(credentialsV1),
  ...members,
  verifiableCredential: presented(z.string()),
})
