/**
 * What stands in the cells of the French open-data files: codes, dates, flags.
 *
 * @module
 */
import * as z from 'zod'

/** A cell that may be empty: `undefined` then. */
export function blankOr<S extends z.ZodType>(schema: S) {
  return z.preprocess((cell) => (cell === '' ? undefined : cell), z.optional(schema))
}

/** Several values of one kind in a cell, with `|` between them; none if it is empty. */
export function listOf<S extends z.ZodType>(schema: S) {
  return z.preprocess(
    (cell) => (typeof cell === 'string' ? cell.split('|').filter(isFilled) : cell),
    z.array(schema),
  )
}

export const Text = z.string().min(1, 'is empty')

/** The export of France compétences writes some apostrophes as SQL would: twice. */
export const SqlText = Text.transform((text) => text.replaceAll("''", "'"))

/** Number of a certification in the national register: `RNCP34079`, or `RS6117` in the specific one. */
export const CertificationCode = z
  .string()
  .regex(/^(?:RNCP|RS)[1-9]\d{0,5}$/, 'expected RNCP or RS and a number')

/** A block of skills of a certification: `RNCP34079BC01`. */
export const BlockCode = z
  .string()
  .regex(/^(?:RNCP|RS)[1-9]\d{0,5}BC\d{2,3}$/, 'expected a certification, BC and a number')

/** A trade of the ROME: a letter and four digits. */
export const RomeCode = z.string().regex(/^[A-N]\d{4}$/, 'expected a letter and four digits')

/** An entry of the ROME: an appellation or a skill. */
export const OgrCode = z.string().regex(/^\d{1,6}$/, 'expected up to six digits')

/** A level of the European Qualifications Framework. */
export const EqfLevel = z
  .string()
  .regex(/^[1-8]$/, 'expected a level from 1 to 8')
  .transform(Number)

/** `yyyy-mm-dd`, a day that exists. */
export const IsoDate = z.iso.date('expected a day as yyyy-mm-dd')

/** `dd/mm/yyyy`, a day that exists; becomes `yyyy-mm-dd`. */
export const FrenchDate = z
  .string()
  .regex(/^\d{2}\/\d{2}\/\d{4}$/, 'expected a day as dd/mm/yyyy')
  .transform((text) => text.split('/').reverse().join('-'))
  .pipe(z.iso.date('there is no such day'))

/** One of two words. */
export function flag(yes: string, no: string) {
  return z.enum([yes, no], `expected ${yes} or ${no}`).transform((word) => word === yes)
}

function isFilled(text: string): boolean {
  return text !== ''
}
