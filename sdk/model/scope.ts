/**
 * Scopes: what may be attested, as a path of labels (`TrainingCertificate/RNCP34079`).
 *
 * @module
 */
import * as z from 'zod/mini'

/** One label of a scope: letters, digits, `.`, `_`, `-`; it starts with a letter. */
const label = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/

/**
 * A scope as people write it: labels joined by `/`, outermost first; the empty string is the empty
 * scope, which covers everything. At most 8 labels.
 */
export const Scope = z
  .string()
  .check(
    z.refine(
      (text) =>
        text === '' ||
        (text.split('/').length <= 8 && text.split('/').every((part) => label.test(part))),
      'expected labels joined by "/", such as TrainingCertificate/RNCP34079',
    ),
  )
  .brand<'Scope'>()
export type Scope = z.infer<typeof Scope>

/** The labels of a scope, outermost first; none for the empty scope. */
export function labelsOf(scope: Scope): readonly string[] {
  return scope === '' ? [] : scope.split('/')
}
