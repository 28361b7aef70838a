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
import { oneOrMany } from './one-or-many.ts'
import { DateTimeStamp, Url } from './primitives.ts'

const text = z.string()

/** Names of a type, the given one among them. */
const typed = (name: string) =>
  oneOrMany(z.string()).check(z.refine((types) => types.includes(name), `expected ${name}`))

/** A link to a node of a framework: a skill in ESCO, an occupation in ROME, a certification in RNCP. */
export const Alignment = z.looseObject({
  type: typed('Alignment'),
  targetName: text,
  targetUrl: Url,
  targetCode: z.optional(text),
  targetFramework: z.optional(text),
  targetType: z.optional(text),
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
  resultType: text,
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
  achievementType: z.optional(text),
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

/** Reads the subjects of an Open Badge and holds its results against their descriptions. Never throws. */
export function readOpenBadge({
  credentialSubject,
}: Pick<Credential, 'credentialSubject'>): OpenBadgeReading {
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

/** Results of one subject that contradict their descriptions (Open Badges 3.0, Result and ResultDescription). */
function resultProblems({ achievement, result = [] }: AchievementSubject): readonly string[] {
  const descriptions = new Map<string, ResultDescription>()
  const twice: string[] = []
  for (const description of achievement.resultDescription ?? []) {
    const { id } = description
    if (descriptions.has(id)) twice.push(`${id}: described twice`)
    else descriptions.set(id, description)
  }
  const problems = result.map((each, i) => {
    if (each.resultDescription === undefined) return undefined
    const description = descriptions.get(each.resultDescription)
    const problem =
      description === undefined ? 'has no description' : contradiction(each, description)
    return problem === undefined ? undefined : `result.${i}: ${problem}`
  })
  return [...twice, ...problems.filter((problem) => problem !== undefined)]
}

function contradiction(
  { achievedLevel, value, status }: Result,
  { resultType, allowedValue, rubricCriterionLevel, valueMin, valueMax }: ResultDescription,
): string | undefined {
  if (resultType === 'Status' && status === undefined) return 'expected a status'
  if (
    achievedLevel !== undefined &&
    !rubricCriterionLevel?.some(({ id }) => id === achievedLevel)
  ) {
    return 'achievedLevel is none of the rubric'
  }
  if (value === undefined) return undefined
  if (allowedValue !== undefined && !allowedValue.includes(value))
    return 'value is none of those allowed'
  const [low, high, number] = [valueMin ?? '-Infinity', valueMax ?? 'Infinity', value].map(Number)
  if (low === undefined || high === undefined || number === undefined) return undefined
  const isBounded = valueMin !== undefined || valueMax !== undefined
  return isBounded && !(number >= low && number <= high) ? 'value is out of range' : undefined
}
