import type { Alignment, ResultDescription } from '../../model/open-badge.ts'
import { hoursGenre } from '../../model/training-certificate.ts'
import { concept, eqfConcept, escoSkill, languageConcept } from './elm-concepts.ts'
import type { Badge } from './read-badge.ts'

/** How an EQF level stands among the results of our certificates. */
const eqfResult = 'ext:EQFLevel'

/**
 * What was achieved, as the European Learning Model has it: the award, what it is for, the training that
 * led to it, and what was assessed.
 *
 * @param awardingBody - The issuer as an Organisation.
 */
export function elmAchievement(badge: Badge, awardingBody: object, language: string) {
  const { id, subject, credential, validFrom } = badge
  const { achievement, activityEndDate } = subject
  const { awardedDate } = credential
  const title = { [language]: achievement.name }
  return {
    id: `${id}#claim`,
    type: 'LearningAchievement',
    title,
    awardedBy: {
      id: `${id}#awarding`,
      type: 'AwardingProcess',
      awardingBody,
      awardingDate: typeof awardedDate === 'string' ? awardedDate : (activityEndDate ?? validFrom),
    },
    specifiedBy: specificationOf(badge, language),
    ...activityOf(badge, title),
    ...assessmentsOf(badge, language),
  }
}

/** A qualification if it has a level or leads to a national certification, else a plain specification. */
function specificationOf({ id, subject: { achievement, result = [] } }: Badge, language: string) {
  const { alignment = [], resultDescription = [] } = achievement
  const level = result.find(
    ({ resultDescription: of }) =>
      resultDescription.find((each) => each.id === of)?.resultType === eqfResult,
  )?.value
  const certifications = alignment.filter(({ targetType }) => targetType === 'ceterms:Credential')
  const skills = alignment.filter(({ targetType }) => targetType === 'ceasn:Competency')
  const isQualification = level !== undefined || certifications.length > 0
  const spoken = achievement.inLanguage === undefined ? undefined : languageConcept(language)
  const { narrative } = achievement.criteria
  return {
    id: achievement.id,
    type: isQualification ? 'Qualification' : 'LearningAchievementSpecification',
    title: { [language]: achievement.name },
    description: { [language]: achievement.description },
    ...(spoken !== undefined && { language: spoken }),
    ...(level !== undefined && /^[1-8]$/.test(level) && { eqfLevel: eqfConcept(level) }),
    ...(certifications.length > 0 && {
      identifier: certifications.map((each) => ({
        id: `${id}#${encodeURIComponent(each.targetCode ?? each.targetName)}`,
        type: 'Identifier',
        schemeName: each.targetFramework ?? each.targetUrl,
        notation: each.targetCode ?? each.targetName,
      })),
    }),
    ...(skills.length > 0 && {
      learningOutcome: skills.map((skill, i) =>
        outcomeOf(skill, `${id}#outcome-${i + 1}`, language),
      ),
    }),
    ...(narrative !== undefined && {
      additionalNote: {
        id: `${id}#criteria`,
        type: 'Note',
        noteLiteral: { [language]: narrative },
      },
    }),
  }
}

/** One skill; those of ESCO are known to the model by themselves. */
function outcomeOf(skill: Alignment, id: string, language: string) {
  const { targetName, targetUrl, targetFramework = targetUrl } = skill
  const title = { [language]: targetName }
  const isEsco = targetUrl.startsWith('http://data.europa.eu/esco/skill/')
  const named = isEsco
    ? { relatedESCOSkill: [escoSkill(targetUrl, title)] }
    : { relatedSkill: [concept(targetUrl, schemeUrn(targetFramework), title)] }
  return { id, type: 'LearningOutcome', title, ...named }
}

function schemeUrn(framework: string): string {
  return URL.canParse(framework) ? framework : `urn:framework:${encodeURIComponent(framework)}`
}

/** The training: when, and how many hours. */
function activityOf({ id, subject, credential }: Badge, title: object) {
  const { activityStartDate: startDate, activityEndDate: endDate } = subject
  const hours = (credential.evidence ?? []).find(({ genre }) => genre === hoursGenre)?.['narrative']
  const workload = typeof hours === 'string' && /^PT[\d.]+H$/.test(hours) ? hours : undefined
  if (startDate === undefined && endDate === undefined && workload === undefined) return {}
  const period = {
    ...(startDate !== undefined && { startDate }),
    ...(endDate !== undefined && { endDate }),
  }
  const isDated = Object.keys(period).length > 0
  return {
    influencedBy: {
      id: `${id}#activity`,
      type: 'LearningActivity',
      title,
      ...(isDated && { temporal: { id: `${id}#period`, type: 'PeriodOfTime', ...period } }),
      ...(workload !== undefined && { workload }),
    },
  }
}

/** Every result but the EQF level, which belongs to the qualification. */
function assessmentsOf({ id, subject }: Badge, language: string) {
  const { achievement, result = [] } = subject
  const described = result.flatMap((each, i) => {
    const description = achievement.resultDescription?.find(
      (candidate) => candidate.id === each.resultDescription,
    )
    const value = each.value ?? levelOf(each.achievedLevel, description) ?? each.status
    if (value === undefined || description?.resultType === eqfResult) return []
    const title = { [language]: description?.name ?? achievement.name }
    const at = `${id}#assessment-${i + 1}`
    const note = { id: `${at}-grade`, type: 'Note', noteLiteral: { [language]: value } }
    const scheme = schemeOf(description)
    return {
      id: at,
      type: 'LearningAssessment',
      title,
      grade: note,
      ...(scheme !== undefined && {
        specifiedBy: {
          id: `${at}-specification`,
          type: 'LearningAssessmentSpecification',
          title,
          gradingScheme: {
            id: `${at}-scheme`,
            type: 'GradingScheme',
            title,
            description: { [language]: scheme },
          },
        },
      }),
    }
  })
  return described.length === 0 ? {} : { provenBy: described }
}

function levelOf(level: string | undefined, description: ResultDescription | undefined) {
  return description?.rubricCriterionLevel?.find(({ id }) => id === level)?.name
}

/** What a value can be: the values, lowest first, or the bounds. */
function schemeOf(description: ResultDescription | undefined): string | undefined {
  const { allowedValue, valueMin, valueMax } = description ?? {}
  if (allowedValue !== undefined) return allowedValue.join(' < ')
  if (valueMin === undefined && valueMax === undefined) return undefined
  return `${valueMin ?? '…'} – ${valueMax ?? '…'}`
}
