/**
 * Entries of the controlled vocabularies that the European Learning Model 3 refers to (EU Vocabularies,
 * Publications Office of the European Union).
 *
 * @module
 */

/** Texts by their languages (ISO 639-1), as JSON-LD language maps have them. */
export type LanguageMap = Readonly<Record<string, string>>

const authority = 'http://publications.europa.eu/resource/authority'
const snb = 'http://data.europa.eu/snb'

/** A SKOS concept of a scheme. */
export function concept(id: string, scheme: string, prefLabel: LanguageMap) {
  return {
    id,
    type: 'Concept',
    inScheme: { id: scheme, type: 'ConceptScheme' },
    prefLabel,
  }
}
export type Concept = ReturnType<typeof concept>

/** Alpha-3 codes of the authority tables: languages of the Union by ISO 639-1. */
const languages: Readonly<Record<string, readonly [code: string, en: string, fr: string]>> = {
  bg: ['BUL', 'Bulgarian', 'bulgare'],
  cs: ['CES', 'Czech', 'tchèque'],
  da: ['DAN', 'Danish', 'danois'],
  de: ['DEU', 'German', 'allemand'],
  el: ['ELL', 'Greek', 'grec'],
  en: ['ENG', 'English', 'anglais'],
  es: ['SPA', 'Spanish', 'espagnol'],
  et: ['EST', 'Estonian', 'estonien'],
  fi: ['FIN', 'Finnish', 'finnois'],
  fr: ['FRA', 'French', 'français'],
  ga: ['GLE', 'Irish', 'irlandais'],
  hr: ['HRV', 'Croatian', 'croate'],
  hu: ['HUN', 'Hungarian', 'hongrois'],
  it: ['ITA', 'Italian', 'italien'],
  lt: ['LIT', 'Lithuanian', 'lituanien'],
  lv: ['LAV', 'Latvian', 'letton'],
  mt: ['MLT', 'Maltese', 'maltais'],
  nl: ['NLD', 'Dutch', 'néerlandais'],
  pl: ['POL', 'Polish', 'polonais'],
  pt: ['POR', 'Portuguese', 'portugais'],
  ro: ['RON', 'Romanian', 'roumain'],
  sk: ['SLK', 'Slovak', 'slovaque'],
  sl: ['SLV', 'Slovenian', 'slovène'],
  sv: ['SWE', 'Swedish', 'suédois'],
}

/** Alpha-3 codes of the authority tables: countries by ISO 3166-1 alpha-2. */
const countries: Readonly<Record<string, readonly [code: string, en: string, fr: string]>> = {
  AT: ['AUT', 'Austria', 'Autriche'],
  BE: ['BEL', 'Belgium', 'Belgique'],
  CH: ['CHE', 'Switzerland', 'Suisse'],
  DE: ['DEU', 'Germany', 'Allemagne'],
  ES: ['ESP', 'Spain', 'Espagne'],
  FR: ['FRA', 'France', 'France'],
  IE: ['IRL', 'Ireland', 'Irlande'],
  IT: ['ITA', 'Italy', 'Italie'],
  LU: ['LUX', 'Luxembourg', 'Luxembourg'],
  MC: ['MCO', 'Monaco', 'Monaco'],
  NL: ['NLD', 'Netherlands', 'Pays-Bas'],
  PT: ['PRT', 'Portugal', 'Portugal'],
}

/** A language of the Union; `undefined` for another. */
export function languageConcept(code: string): Concept | undefined {
  return entry(languages[code], 'language')
}

/** A country; `undefined` for one that is not in the table. */
export function countryConcept(code: string): Concept | undefined {
  return entry(countries[code], 'country')
}

function entry(
  found: readonly [code: string, en: string, fr: string] | undefined,
  table: 'language' | 'country',
): Concept | undefined {
  if (found === undefined) return undefined
  const [code, en, fr] = found
  return concept(`${authority}/${table}/${code}`, `${authority}/${table}`, { en, fr })
}

/** A level of the European Qualifications Framework, 1 to 8. */
export function eqfConcept(level: string): Concept {
  const label = { en: `Level ${level}`, fr: `Niveau ${level}` }
  return concept(`${snb}/eqf/${level}`, `${snb}/eqf/25831c2`, label)
}

/** The profile of every credential that has no narrower one. */
export const genericProfile = concept(`${snb}/credential/e34929035b`, `${snb}/credential/25831c2`, {
  en: 'Generic',
  fr: 'Générique',
})

/** The application profile, by whose shapes Europass validates. */
export const genericShapes = { id: `${snb}/model/ap/edc-generic-full`, type: 'ShaclValidator2017' }

/** A skill of ESCO. */
export function escoSkill(uri: string, label: LanguageMap): Concept {
  return concept(uri, 'http://data.europa.eu/esco/concept-scheme/skills', label)
}
