/**
 * SIRET: the 14 digits that name an establishment in France, the first nine (SIREN) its legal entity.
 *
 * @module
 */
import * as z from 'zod'

const laPoste = '356000000'

/**
 * Tells whether `text` can be a SIRET: 14 digits, not all of them zero, whose Luhn sum (ISO/IEC 7812-1)
 * is a multiple of 10. La Poste has more establishments than that leaves room for: theirs pass, too, if
 * the plain sum of the digits is a multiple of 5.
 */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text) || /^0+$/.test(text)) return false
  const digits = Array.from(text, Number)
  if (luhnSum(digits) % 10 === 0) return true
  return text.startsWith(laPoste) && sum(digits) % 5 === 0
}

/** A SIRET whose check digit is right; whether anybody bears it, only the INSEE knows. */
export const Siret = z
  .string()
  .refine(isSiret, 'expected a SIRET: 14 digits, the last one checking the others')
  .brand<'Siret'>()
export type Siret = z.infer<typeof Siret>

/** Every second digit from the right counts double; the digits of a double count, not the double. */
function luhnSum(digits: readonly number[]): number {
  const weighed = digits.toReversed().map((digit, i) => (i % 2 === 0 ? digit : digit * 2))
  return sum(weighed.map((value) => (value > 9 ? value - 9 : value)))
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
