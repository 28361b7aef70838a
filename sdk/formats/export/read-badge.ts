import { RegistryError } from '../../errors.ts'
import { judgeContent } from '../../model/content.ts'
import type { Credential, LanguageText } from '../../model/credential.ts'
import { isOpenBadge, readOpenBadge, type AchievementSubject } from '../../model/open-badge.ts'
import type { LanguageMap } from './elm-concepts.ts'

/** An Open Badge about one person, with what every export needs. */
export interface Badge {
  readonly credential: Credential
  readonly subject: AchievementSubject
  /** Never missing: Open Badges 3.0 requires them. */
  readonly id: string
  readonly validFrom: string
}

/**
 * Reads what can be exported.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if it is no Open Badge, or naming each member that is
 *   missing or wrong.
 */
export function readBadge(credential: Credential): Badge {
  const { id, validFrom } = credential
  const violations = isOpenBadge(credential)
    ? (judgeContent(credential)?.violations ?? [])
    : ['type: expected OpenBadgeCredential']
  const [subject, second] = violations.length > 0 ? [] : readOpenBadge(credential).subjects
  const problems = second === undefined ? violations : ['credentialSubject: one only']
  if (subject === undefined || id === undefined || validFrom === undefined || problems.length > 0) {
    throw new RegistryError('INPUT_INVALID', { input: 'credential', problems })
  }
  return { credential, subject, id, validFrom }
}

/** A text by its languages; `language` is that of a text that does not say its own. */
export function byLanguage(text: LanguageText, language: string): LanguageMap {
  if (typeof text === 'string') return { [language]: text }
  const values = Array.isArray(text) ? text : [text]
  return Object.fromEntries(
    values.map((each) => [primary(each['@language'] ?? language), each['@value']]),
  )
}

/** The language without its region: `fr` of `fr-FR`. */
export function primary(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? tag
}
