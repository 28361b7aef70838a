/**
 * Scopes as the AccreditationRegistry knows them.
 *
 * @module
 */
import { keccak256 } from '../anchor/keccak.ts'
import { concatBytes, toHash, utf8 } from '../lib/bytes.ts'
import { memo } from '../lib/memo.ts'
import type { Hash } from '../model/primitives.ts'
import { labelsOf, type Scope } from '../model/scope.ts'

/** The empty scope, which covers everything. */
const emptyScope: Uint8Array = new Uint8Array(32)

/**
 * The on-chain scope: `scope(path/label) = keccak256(abi.encode(scope(path), keccak256(label)))`.
 *
 * @returns 32 zero bytes for the empty scope.
 *
 * @example
 * ```ts
 * scopeHash(Scope.parse('TrainingCertificate/RNCP34079'))
 * ```
 */
export function scopeHash(scope: Scope): Hash {
  const prefixes = scopePrefixes(scope)
  return prefixes[prefixes.length - 1] ?? toHash(emptyScope)
}

/**
 * Every on-chain scope that covers `scope`, widest first: the empty one, then label by label, `scope`
 * itself last. The position is the depth that a `Link` of a path names.
 */
export const scopePrefixes: (scope: Scope) => readonly Hash[] = memo(4096, (scope) => {
  let current = emptyScope
  const deeper = labelsOf(scope).map((label) => {
    current = keccak256(concatBytes(current, keccak256(utf8(label))))
    return toHash(current)
  })
  return [toHash(emptyScope), ...deeper]
})

/** The hashes of the labels, outermost first, as the contract takes them. */
export function labelHashes(scope: Scope): readonly Hash[] {
  return labelsOf(scope).map((label) => toHash(keccak256(utf8(label))))
}
