/**
 * Which trade of the ROME a certification leads to, told by its name alone: the catalogue does not say.
 *
 * @module
 */
import type { Certification } from '../../server/taxonomy/certification.ts'
import type { Rome4Trade } from '../../server/taxonomy/read-rome.ts'

/** A certification and the trade of its name; `undefined` where no register says which. */
export interface Course {
  certification: Certification
  /** The certification's title without the abbreviations of its kind: `TP - TP Maçon` is `Maçon`. */
  name: string
  trade: Rome4Trade | undefined
}

/** The certifications that bear the name of exactly one trade, with it. */
export function matchTrades(
  certifications: readonly Certification[],
  trades: readonly Rome4Trade[],
): readonly Course[] {
  const byName = Map.groupBy(trades, ({ label }) => normalised(label.split('/')[0] ?? label))
  return certifications.flatMap((certification) => {
    const name = plainName(certification)
    const [trade, ...others] = byName.get(normalised(name)) ?? []
    return trade === undefined || others.length > 0 ? [] : [{ certification, name, trade }]
  })
}

/** A title without the kind of certification, which the catalogue writes before it, once or twice. */
export function plainName({ title, kind }: Pick<Certification, 'title' | 'kind'>): string {
  if (kind === undefined || !title.startsWith(`${kind} - `)) return title
  const name = title.slice(kind.length + 3)
  return name.startsWith(`${kind} `) ? name.slice(kind.length + 1) : name
}

function normalised(text: string): string {
  const letters = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  return letters.replace(/[^a-z0-9]+/g, ' ').trim()
}
