/**
 * Names that Open Badges 3.0 gives (section "Data Model", enumerations). Others begin with `ext:`.
 *
 * @module
 */

/** `AchievementType`: what kind of achievement it is. */
export const achievementTypes: readonly string[] = [
  ...['Achievement', 'ApprenticeshipCertificate', 'Assessment', 'Assignment', 'AssociateDegree'],
  ...['Award', 'Badge', 'BachelorDegree', 'Certificate', 'CertificateOfCompletion'],
  ...['Certification', 'CommunityService', 'Competency', 'Course', 'CoCurricular', 'Degree'],
  ...['Diploma', 'DoctoralDegree', 'Fieldwork', 'GeneralEducationDevelopment'],
  ...['JourneymanCertificate', 'LearningProgram', 'License', 'Membership', 'ProfessionalDoctorate'],
  ...['QualityAssuranceCredential', 'MasterCertificate', 'MasterDegree', 'MicroCredential'],
  ...['ResearchDoctorate', 'SecondarySchoolDiploma'],
]

/** `AlignmentTargetType`: what an alignment leads to. */
export const targetTypes: readonly string[] = [
  ...['ceasn:Competency', 'ceterms:Credential', 'CFItem', 'CFRubric', 'CFRubricCriterion'],
  ...['CFRubricCriterionLevel', 'CTDL'],
]

/** `ResultType`: how a result is expressed. */
export const resultTypes: readonly string[] = [
  ...['GradePointAverage', 'LetterGrade', 'Percent', 'PerformanceLevel', 'PredictedScore'],
  ...['RawScore', 'Result', 'RubricCriterion', 'RubricCriterionLevel', 'RubricScore'],
  ...['ScaledScore', 'Status'],
]
