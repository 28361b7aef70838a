import { scopePrefixes } from '../chain/scope-hash.ts'
import type { AccreditationRecord } from '../chain/source.ts'
import { RegistryError } from '../errors.ts'
import type { Address } from '../model/primitives.ts'
import type { Scope } from '../model/scope.ts'

/** One step of a path as the contracts take it: `IAccreditations.Link`. */
export interface PathLink {
  accreditor: Address
  number: number
  /** How many of the scope's labels, from the first on, make up the record's scope. */
  depth: number
}

/**
 * A path that `judgeAccreditation` found, as the contracts take it beside the label hashes of `scope`.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if a record of the path does not cover `scope`.
 */
export function pathLinks(path: readonly AccreditationRecord[], scope: Scope): readonly PathLink[] {
  const prefixes = scopePrefixes(scope)
  return path.map((record) => {
    const depth = prefixes.indexOf(record.scope)
    if (depth === -1) {
      const problems = [`the record of ${record.subject} is of another scope than "${scope}"`]
      throw new RegistryError('INPUT_INVALID', { input: 'path', problems })
    }
    return { accreditor: record.accreditor, number: record.number, depth }
  })
}
