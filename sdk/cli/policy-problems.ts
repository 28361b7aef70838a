/**
 * What is wrong with a policy, in French: the words of the schemas, one by one.
 *
 * @module
 */
import type { Language } from '../index.ts'

/** What a schema says, and how that is said in French; `$1` stands for what the first group found. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/^missing$/, 'manque'],
  [/^malformed$/, 'mal formé'],
  [/^unknown: (.+)$/, 'inconnu : $1'],
  [/^stands twice$/, 'figure deux fois'],
  [/^more than there are chains$/, 'plus qu’il n’y a de chaînes'],
  [/^expected something$/, 'ne doit pas être vide'],
  [/^expected at least (.+)$/, '$1 au moins attendu'],
  [/^expected more than (.+)$/, 'plus de $1 attendu'],
  [/^expected at most (.+)$/, '$1 au plus attendu'],
  [/^expected int$/, 'nombre entier attendu'],
  [/^expected number$/, 'nombre attendu'],
  [/^expected string$/, 'texte attendu'],
  [/^expected boolean$/, 'true ou false attendu'],
  [/^expected object$/, 'objet attendu'],
  [/^expected array$/, 'liste attendue'],
  [/^expected url$/, 'URL attendue'],
  [/^expected base64url$/, 'base64url attendu'],
  [/^expected a short name$/, 'nom de 64 lettres, chiffres, points ou tirets au plus attendu'],
  [
    /^expected 0x and (\d+) lower-case hex digits$/,
    '0x et $1 chiffres hexadécimaux minuscules attendus',
  ],
  [
    /^expected a public key, got a private one$/,
    'clé publique attendue, or celle-ci est une clé privée',
  ],
  [/^expected finalized, safe or (.+)0 to 10000(.+)$/, 'finalized, safe ou $10 à 10000$2 attendu'],
  [/^not UTF-8$/, 'n’est pas de l’UTF-8'],
  [/^not JSON$/, 'n’est pas du JSON'],
  [/^not JSON \(line (\d+), column (\d+)\)$/, 'n’est pas du JSON (ligne $1, colonne $2)'],
  [/^nested too deeply$/, 'imbriqué trop profondément'],
  [/^too many values$/, 'trop de valeurs'],
  [/^a member stands twice$/, 'un membre figure deux fois'],
  [/^a forbidden member$/, 'un membre interdit'],
  [/^a lone surrogate$/, 'une moitié de caractère'],
  [/^a number out of range$/, 'un nombre hors limites'],
]

/** One problem of `parsePolicy` (`member: rule`) in a language. What has no translation stays as it is. */
export function policyProblem(problem: string, language: Language): string {
  const [, member, rule] = /^([^:]*): ([^]*)$/.exec(problem) ?? []
  if (language === 'en' || member === undefined || rule === undefined) return problem
  return `${member === 'policy' ? 'politique' : member} : ${inFrench(rule)}`
}

function inFrench(rule: string): string {
  const phrase = phrases.find(([pattern]) => pattern.test(rule))
  if (phrase !== undefined) return rule.replace(...phrase)
  const [, choices] = /^expected (.+)$/.exec(rule) ?? []
  return choices === undefined ? rule : `${choices.replaceAll(' or ', ' ou ')} attendu`
}
