/**
 * Merkle-Patricia tries (Ethereum Yellow Paper, appendix D) as far as a proof goes: what stands under a key, or that
 * nothing does.
 *
 * @module
 */
import { keccak256 } from '../anchor/keccak.ts'
import { equalBytes, fromHex, toHex } from '../lib/bytes.ts'
import { decodeRlp, type RlpItem } from './rlp.ts'

/** Nodes by their hashes, of any number of tries. It knows which of them were needed. */
export interface NodePool {
  /**
   * What stands under `key` in the trie with this root.
   *
   * @param root - keccak256 of the root node, 32 bytes.
   * @param key - 32 bytes: tries of accounts and storage keep values under the hashes of their keys.
   * @returns The value; `undefined` if the nodes prove that there is none.
   * @throws `RangeError` if a node on the way is missing, or is not one of a trie.
   */
  find(root: Uint8Array, key: Uint8Array): Uint8Array | undefined
  /** The nodes that answers needed so far. */
  needed(): readonly Uint8Array[]
}

/** Root of the trie that holds nothing: keccak256 of the empty string in RLP. */
const emptyRoot = fromHex('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421')

const branchLength = 17

/** @param nodes - Each in RLP. */
export function createNodePool(nodes: readonly Uint8Array[]): NodePool {
  const known = new Map(nodes.map((node) => [toHex(keccak256(node)), node]))
  const opened = new Map<string, { node: Uint8Array; items: readonly RlpItem[] }>()

  function open(hash: Uint8Array): readonly RlpItem[] {
    const name = toHex(hash)
    const before = opened.get(name)
    if (before !== undefined) return before.items
    const node = known.get(name)
    if (node === undefined) throw new RangeError(`the node ${name} is missing`)
    const items = asNode(decodeRlp(node))
    opened.set(name, { node, items })
    return items
  }

  /** Children of less than 32 bytes stand in their parent themselves. */
  const follow = (child: RlpItem | undefined): readonly RlpItem[] | undefined => {
    if (!(child instanceof Uint8Array)) return asNode(child)
    return child.length === 0 ? undefined : open(child)
  }

  return {
    find(root, key) {
      if (equalBytes(root, emptyRoot)) return undefined
      const path = nibblesOf(key)
      let node: readonly RlpItem[] | undefined = open(root)
      let depth = 0
      while (node !== undefined) {
        if (node.length === branchLength) {
          if (depth === path.length) return valueOf(node[branchLength - 1])
          node = follow(node[path[depth] ?? 0])
          depth++
          continue
        }
        const { isLeaf, nibbles } = readPath(node[0])
        const isOnPath = nibbles.every((nibble, i) => nibble === path[depth + i])
        depth += nibbles.length
        if (!isOnPath) return undefined
        if (isLeaf) return depth === path.length ? valueOf(node[1]) : undefined
        node = follow(node[1])
      }
      return undefined
    },
    needed: () => [...opened.values()].map(({ node }) => node),
  }
}

function asNode(item: RlpItem | undefined): readonly RlpItem[] {
  if (item === undefined || item instanceof Uint8Array) throw new RangeError('expected a node')
  if (item.length !== 2 && item.length !== branchLength) throw new RangeError('expected a node')
  return item
}

function valueOf(item: RlpItem | undefined): Uint8Array | undefined {
  if (!(item instanceof Uint8Array)) throw new RangeError('expected a value')
  return item.length === 0 ? undefined : item
}

/** Hex-prefix encoding: the first nibble tells leaf from extension, and whether the number of nibbles is odd. */
function readPath(item: RlpItem | undefined): { isLeaf: boolean; nibbles: readonly number[] } {
  if (!(item instanceof Uint8Array) || item.length === 0) throw new RangeError('expected a path')
  const [flags = 0, padding = 0, ...rest] = nibblesOf(item)
  const isOdd = (flags & 1) === 1
  if (flags > 3 || (!isOdd && padding !== 0)) throw new RangeError('expected a path')
  return { isLeaf: flags >= 2, nibbles: isOdd ? [padding, ...rest] : rest }
}

function nibblesOf(bytes: Uint8Array): readonly number[] {
  return Array.from(bytes).flatMap((byte) => [byte >> 4, byte & 15])
}
