import type { BlockRef, Check, CheckName } from '../model/report.ts'
import { checkCodes, type CheckCode, type FactName } from './codes.ts'

/** What a fact may be; see {@link Check.facts}. */
type FactValue = Check['facts'][string]

/** The facts that `C` must bring, and any further ones. */
export type FactsOf<C extends CheckCode> = Readonly<Record<FactName<C>, FactValue>> & Check['facts']

/**
 * Answers the question `name` with `code`; the status follows from the code.
 *
 * @param blocks - The blocks that the answer was read at; none if no chain was asked.
 */
export function answer<C extends CheckCode>(
  name: CheckName,
  code: C,
  facts: FactsOf<C>,
  blocks: readonly BlockRef[] = [],
): Check {
  return { name, status: checkCodes[code].status, code, facts, blocks }
}
