/**
 * Recognising subjects of Open Badges that are plainly well formed; the schema `AchievementSubject` says
 * what they are (bench: verify).
 *
 * @module
 */
import { judgeOnce } from '../lib/shared.ts'
import { achievementTypes, resultTypes, targetTypes } from './open-badge-names.ts'
import { isDateTimeStamp, isUrl } from './plain-text.ts'

/**
 * Whether a subject is plainly an `AchievementSubject`, in the form in which the schema would give it
 * back. `false` says nothing: then only the schema can tell.
 */
export function isPlainAchievement(value: unknown): boolean {
  return (
    isTyped(value, 'AchievementSubject') &&
    isAbsentOr(isUrl, value['id']) &&
    isAbsentOr(isDateTimeStamp, value['activityStartDate']) &&
    isAbsentOr(isDateTimeStamp, value['activityEndDate']) &&
    isAchievement(value['achievement']) &&
    isAbsentOr(isResults, value['result'])
  )
}

function isAchievement(value: unknown): boolean {
  return (
    isTyped(value, 'Achievement') &&
    isUrl(value['id']) &&
    areTexts(value, 'name', 'description') &&
    areTextsOrAbsent(value, 'inLanguage') &&
    isAbsentOr(isNameOf(achievementTypes), value['achievementType']) &&
    isCriteria(value['criteria']) &&
    isAbsentOr(isAlignments, value['alignment']) &&
    isAbsentOr(isDescriptions, value['resultDescription'])
  )
}

function isCriteria(value: unknown): boolean {
  return isRecord(value) && isAbsentOr(isUrl, value['id']) && areTextsOrAbsent(value, 'narrative')
}

const isAlignments = (value: unknown): boolean => isList(value) && areAlignments(value)
const areAlignments = judgeOnce(
  (list: readonly unknown[]) => isShort(list) && list.every(isAlignment),
)

function isAlignment(value: unknown): boolean {
  return (
    isTyped(value, 'Alignment') &&
    isUrl(value['targetUrl']) &&
    areTexts(value, 'targetName') &&
    areTextsOrAbsent(value, 'targetCode', 'targetFramework', 'targetDescription') &&
    isAbsentOr(isNameOf(targetTypes), value['targetType'])
  )
}

const isDescriptions = (value: unknown): boolean =>
  isList(value) && isShort(value) && value.every(isDescription)

function isDescription(value: unknown): boolean {
  return (
    isTyped(value, 'ResultDescription') &&
    !('rubricCriterionLevel' in value) &&
    areTexts(value, 'id', 'name') &&
    isNameOf(resultTypes)(value['resultType']) &&
    areTextsOrAbsent(value, 'requiredValue', 'requiredLevel', 'valueMin', 'valueMax') &&
    isAbsentOr(isTextList, value['allowedValue'])
  )
}

const isTextList = (value: unknown): boolean =>
  isList(value) && isShort(value) && value.every((each) => typeof each === 'string')

const isResults = (value: unknown): boolean =>
  isList(value) && isShort(value) && value.every(isResult)

function isResult(value: unknown): boolean {
  return (
    isTyped(value, 'Result') &&
    !('status' in value) &&
    !('alignment' in value) &&
    areTextsOrAbsent(value, 'resultDescription', 'achievedLevel', 'value')
  )
}

/** Names of the standard, and the plainest of one's own. */
function isNameOf(names: readonly string[]) {
  return (value: unknown): boolean =>
    typeof value === 'string' && (names.includes(value) || /^ext:\w+$/.test(value))
}

type Members = Readonly<Record<string, unknown>>

function isTyped(value: unknown, name: string): value is Members {
  if (!isRecord(value)) return false
  const { type } = value
  return isList(type) && type.length === 1 && type[0] === name
}

function areTexts(value: Members, ...names: readonly string[]): boolean {
  return names.every((name) => typeof value[name] === 'string')
}

function areTextsOrAbsent(value: Members, ...names: readonly string[]): boolean {
  return names.every((name) => value[name] === undefined || typeof value[name] === 'string')
}

function isAbsentOr(is: (value: unknown) => boolean, value: unknown): boolean {
  return value === undefined || is(value)
}

/** Long lists are rare, and refused by the schema from a length on. */
function isShort(list: readonly unknown[]): boolean {
  return list.length <= 32
}

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}
