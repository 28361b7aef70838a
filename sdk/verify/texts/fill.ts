/**
 * Puts facts into sentences. Facts may come from whoever wrote the credential, so control characters
 * are taken out (a terminal would obey them) and long ones are cut.
 *
 * @module
 */
import type { Check } from '../../model/report.ts'
import type { Language } from './labels.ts'

/** Facts by their names; those that are missing may be `undefined`. */
type Facts = Readonly<Record<string, Check['facts'][string] | undefined>>

/** The longest that one fact is written out, in UTF-16 units. */
const MAX_FACT = 300

const dateFormats: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
}

/** Fills `{fact}` and `{fact:time}` (Unix seconds, written in UTC); a missing fact is written as `?`. */
export function fill(sentence: string, facts: Facts, language: Language): string {
  const typeset = language === 'fr' ? sentence.replace(/ (?=[;:!?»])/g, '\u00a0') : sentence
  return typeset.replace(/\{(\w+)(:time)?\}/g, (_, name: string, time: string | undefined) => {
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined
    if (fact === undefined) return '?'
    return time !== undefined && typeof fact === 'number'
      ? writeTime(fact, language)
      : writeFact(fact)
  })
}

/** The names that a sentence asks for. */
export function placeholdersOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\{(\w+)(?::time)?\}/g)].flatMap(([, name]) => name ?? [])
}

/** Control characters and text-direction overrides, which could make a line say something else. */
const unprintable = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** Text of unknown origin, made safe for one line of a terminal or page. */
export function printable(text: string): string {
  const clean = text.replace(unprintable, ' ')
  return clean.length > MAX_FACT ? `${clean.slice(0, MAX_FACT)}…` : clean
}

function writeFact(fact: Check['facts'][string]): string {
  const text = typeof fact === 'object' ? fact.join(', ') : String(fact)
  return printable(text)
}

/** A hostile claim may lie far outside the years that JavaScript knows. */
function writeTime(seconds: number, language: Language): string {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return `? (${String(seconds)})`
  return `${dateFormats[language].format(date)} UTC`
}
