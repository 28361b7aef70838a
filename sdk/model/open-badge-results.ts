/**
 * What must hold between the results of an Open Badge and their descriptions (Open Badges 3.0, `Result`
 * and `ResultDescription`).
 *
 * @module
 */

/** What is read of a `ResultDescription`. */
interface ResultDescription {
  readonly id: string
  readonly resultType: string
  readonly allowedValue?: readonly string[] | undefined
  readonly requiredValue?: string | undefined
  readonly requiredLevel?: string | undefined
  readonly valueMin?: string | undefined
  readonly valueMax?: string | undefined
  readonly rubricCriterionLevel?: readonly { readonly id: string }[] | undefined
}

/** What is read of a `Result`. */
interface Result {
  readonly resultDescription?: string | undefined
  readonly achievedLevel?: string | undefined
  readonly value?: string | undefined
  readonly status?: string | undefined
}

/** What is read of an `AchievementSubject`. */
interface Subject {
  readonly achievement: { readonly resultDescription?: readonly ResultDescription[] | undefined }
  readonly result?: readonly Result[] | undefined
}

/**
 * The contradictions of one subject: descriptions that cannot be met, and results that do not keep to
 * theirs.
 *
 * @returns One sentence for each: the place, and what is wrong there.
 */
export function resultProblems({ achievement, result = [] }: Subject): readonly string[] {
  const descriptions = new Map<string, ResultDescription>()
  const wrong: string[] = []
  for (const description of achievement.resultDescription ?? []) {
    const { id } = description
    if (descriptions.has(id)) wrong.push(`${id}: described twice`)
    else descriptions.set(id, description)
    const problem = impossible(description)
    if (problem !== undefined) wrong.push(`${id}: ${problem}`)
  }
  const problems = result.map((each, i) => {
    if (each.resultDescription === undefined) return undefined
    const description = descriptions.get(each.resultDescription)
    const problem =
      description === undefined ? 'has no description' : contradiction(each, description)
    return problem === undefined ? undefined : `result.${i}: ${problem}`
  })
  return [...wrong, ...problems.filter((problem) => problem !== undefined)]
}

/** A description that asks for what it does not offer. */
function impossible(description: ResultDescription): string | undefined {
  const { requiredLevel, requiredValue, rubricCriterionLevel = [] } = description
  const levels = rubricCriterionLevel.map(({ id }) => id)
  if (new Set(levels).size < levels.length) return 'a level of its rubric stands twice'
  if (requiredLevel !== undefined && !levels.includes(requiredLevel)) {
    return 'requiredLevel is none of the rubric'
  }
  const problem = outside(requiredValue, description)
  return problem === undefined ? undefined : `requiredValue ${problem}`
}

function contradiction(
  { achievedLevel, value, status }: Result,
  description: ResultDescription,
): string | undefined {
  const { resultType, rubricCriterionLevel } = description
  if (resultType === 'Status' && status === undefined) return 'expected a status'
  if (
    achievedLevel !== undefined &&
    !rubricCriterionLevel?.some(({ id }) => id === achievedLevel)
  ) {
    return 'achievedLevel is none of the rubric'
  }
  const problem = outside(value, description)
  return problem === undefined ? undefined : `value ${problem}`
}

/** Why a value is none that the description allows. */
function outside(
  value: string | undefined,
  { allowedValue, valueMin, valueMax }: ResultDescription,
): string | undefined {
  if (value === undefined) return undefined
  if (allowedValue !== undefined && !allowedValue.includes(value)) return 'is none of those allowed'
  if (valueMin === undefined && valueMax === undefined) return undefined
  const number = numberOf(value)
  const [low, high] = [numberOf(valueMin ?? '-Infinity'), numberOf(valueMax ?? 'Infinity')]
  return number >= low && number <= high ? undefined : 'is out of range'
}

/** An empty text is no number, whatever JavaScript says. */
function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text)
}
