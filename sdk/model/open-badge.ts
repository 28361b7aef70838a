/**
 * Open Badges 3.0: the subject of an `OpenBadgeCredential`, as far as Livret reads it, and what must
 * hold between its parts. Open, as the standard is.
 *
 * @module
 */
import * as z from 'zod/mini'
import { describeIssue } from '../lib/describe-issue.ts'
import type { Credential } from './credential.ts'
import { listOf } from './list-of.ts'
import { achievementTypes, resultTypes, targetTypes } from './open-badge-names.ts'
import { oneOrMany } from './one-or-many.ts'
import { isPlainAchievement } from './plain-open-badge.ts'
import { resultProblems } from './open-badge-results.ts'
import { DateTimeStamp, Url } from './primitives.ts'

const text = z.string()

/** Names of a type, the given one among them. */
export const typed = (name: string) =>
  oneOrMany(z.string()).check(z.refine((types) => types.includes(name), `expected ${name}`))

/** One of the names that the standard has, or one of somebody's own: `ext:…`. */
const extensible = (names: readonly string[]) =>
  text.check(
    z.refine(
      (name) => names.includes(name) || /^ext:[\w.|-]+$/.test(name),
      'expected a name of the standard, or ext: and a name',
    ),
  )

/** A link to a node of a framework: a skill in ESCO, an occupation in ROME, a certification in RNCP. */
export const Alignment = z.looseObject({
  type: typed('Alignment'),
  targetName: text,
  targetUrl: Url,
  targetCode: z.optional(text),
  targetFramework: z.optional(text),
  targetType: z.optional(extensible(targetTypes)),
  targetDescription: z.optional(text),
})
export type Alignment = z.infer<typeof Alignment>

const RubricCriterionLevel = z.looseObject({
  id: text,
  type: typed('RubricCriterionLevel'),
  name: text,
})

/** What a result may be. */
export const ResultDescription = z.looseObject({
  id: text,
  type: typed('ResultDescription'),
  name: text,
  resultType: extensible(resultTypes),
  allowedValue: z.optional(listOf(text)),
  requiredValue: z.optional(text),
  requiredLevel: z.optional(text),
  valueMin: z.optional(text),
  valueMax: z.optional(text),
  rubricCriterionLevel: z.optional(listOf(RubricCriterionLevel)),
})
export type ResultDescription = z.infer<typeof ResultDescription>

/** What was reached. */
export const Result = z.looseObject({
  type: typed('Result'),
  resultDescription: z.optional(text),
  achievedLevel: z.optional(text),
  value: z.optional(text),
  status: z.optional(
    z.enum(['Completed', 'Enrolled', 'Failed', 'InProgress', 'OnHold', 'Provisional', 'Withdrew']),
  ),
  alignment: z.optional(listOf(Alignment)),
})
export type Result = z.infer<typeof Result>

/** What was achieved. */
export const Achievement = z.looseObject({
  id: Url,
  type: typed('Achievement'),
  name: text,
  description: text,
  criteria: z.looseObject({ id: z.optional(Url), narrative: z.optional(text) }),
  achievementType: z.optional(extensible(achievementTypes)),
  inLanguage: z.optional(text),
  alignment: z.optional(listOf(Alignment)),
  resultDescription: z.optional(listOf(ResultDescription)),
})
export type Achievement = z.infer<typeof Achievement>

/** Who achieved it, when, and how well. */
export const AchievementSubject = z.looseObject({
  id: z.optional(Url),
  type: typed('AchievementSubject'),
  achievement: Achievement,
  activityStartDate: z.optional(DateTimeStamp),
  activityEndDate: z.optional(DateTimeStamp),
  result: z.optional(listOf(Result)),
})
export type AchievementSubject = z.infer<typeof AchievementSubject>

/** Tells whether a credential says that it is an Open Badge; `AchievementCredential` is the other name. */
export function isOpenBadge({ type }: Pick<Credential, 'type'>): boolean {
  return type.includes('OpenBadgeCredential') || type.includes('AchievementCredential')
}

/** What reading the subjects of an Open Badge gave. */
export interface OpenBadgeReading {
  /** Those that are well formed. */
  subjects: readonly AchievementSubject[]
  /** Violations of the shape: member and rule, such as `credentialSubject.0.achievement.name: …`. */
  violations: readonly string[]
  /** Results that contradict their descriptions. */
  inconsistencies: readonly string[]
}

function isPlain(subject: unknown): subject is AchievementSubject {
  return isPlainAchievement(subject)
}

/** Reads the subjects of an Open Badge and holds its results against their descriptions. Never throws. */
export function readOpenBadge({
  credentialSubject,
}: Pick<Credential, 'credentialSubject'>): OpenBadgeReading {
  if (credentialSubject.every(isPlain)) {
    const inconsistencies = credentialSubject.flatMap(resultProblems)
    return { subjects: credentialSubject, violations: [], inconsistencies }
  }
  const results = credentialSubject.map((subject) =>
    AchievementSubject.safeParse(subject, { error: describeIssue }),
  )
  const subjects = results.flatMap(({ data }) => (data === undefined ? [] : [data]))
  const violations = results.flatMap(({ error }, i) =>
    (error?.issues ?? []).map(
      ({ path, message }) =>
        `${['credentialSubject', i, ...path].map(String).join('.')}: ${message}`,
    ),
  )
  return { subjects, violations, inconsistencies: subjects.flatMap(resultProblems) }
}
