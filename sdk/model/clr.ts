/**
 * What belongs to Open Badges 3.0 beside the badge: the subject of an `EndorsementCredential`, and that of a
 * `ClrCredential` (Comprehensive Learner Record 2.0), which holds badges. Open, as the standards are.
 *
 * @module
 */
import * as z from 'zod/mini'
import { listOf } from './list-of.ts'
import { Achievement, typed } from './open-badge.ts'
import { Url } from './primitives.ts'

/** What is endorsed: a person, an organisation, an achievement, a credential. */
export const EndorsementSubject = z.looseObject({
  id: Url,
  type: typed('EndorsementSubject'),
  endorsementComment: z.optional(z.string()),
})

const Association = z.looseObject({
  type: typed('Association'),
  associationType: z.enum([
    ...(['exactMatchOf', 'isChildOf', 'isParentOf', 'isPartOf', 'isPeerOf'] as const),
    ...(['isRelatedTo', 'precedes', 'replacedBy'] as const),
  ]),
  sourceId: Url,
  targetId: Url,
})

/** Most credentials in one record. */
const MAX_CREDENTIALS = 500

/** A learner, and what the record holds about them. */
export const ClrSubject = z.looseObject({
  id: z.optional(Url),
  type: typed('ClrSubject'),
  achievement: z.optional(listOf(Achievement)),
  association: z.optional(listOf(Association)),
  verifiableCredential: listOf(z.looseObject({}), MAX_CREDENTIALS).check(z.minLength(1)),
})
