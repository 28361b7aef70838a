/**
 * Many credentials of one batch share the upper part of its tree: what led to a root once is remembered,
 * so that only the lower part is hashed again (bench: verify).
 *
 * @module
 */
import { equalBytes, toHash } from '../lib/bytes.ts'
import type { Hash } from '../model/primitives.ts'
import { climb } from './keccak.ts'

/** How many levels below the root nodes are remembered at: 2,048 nodes of a batch. */
const levels = 11
/** Most nodes that are remembered, about a kilobyte each; then all are forgotten. */
const capacity = 8_192

/** A node, the siblings on its way up, and where they lead. */
interface UpperNode {
  readonly node: Uint8Array
  readonly siblings: readonly Hash[]
  readonly root: Hash
}

/** By the node's own sibling, whose text is at hand. */
const known = new Map<Hash, UpperNode>()

/**
 * The root that `siblings` lead to from a node: by hashing, or because the same siblings led there from
 * the same node before.
 *
 * @param start - 32 bytes.
 * @param siblings - One for each step, lowest first; at most 1,024.
 */
export function rootAbove(start: Uint8Array, siblings: readonly Hash[]): Hash {
  const below = siblings.length - levels
  const name = siblings[below]
  if (name === undefined) return toHash(climb(start, siblings))
  const node = climb(start, siblings.slice(0, below))
  const upper = siblings.slice(below)
  const same = known.get(name)
  if (same !== undefined && equalBytes(same.node, node) && isSame(same.siblings, upper)) {
    return same.root
  }
  const root = toHash(climb(node, upper))
  if (known.size >= capacity) known.clear()
  known.set(name, { node, siblings: upper, root })
  return root
}

function isSame(a: readonly Hash[], b: readonly Hash[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return a.length === b.length
}
