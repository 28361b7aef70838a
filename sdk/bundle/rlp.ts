/**
 * Recursive Length Prefix (Ethereum Yellow Paper, appendix B), strict: every item has one encoding, and every other
 * is refused. Our own sixty lines, since libraries for it come with ten times the code that a verifier loads.
 *
 * @module
 */
import { concatBytes } from '../lib/bytes.ts'

/** A byte string, or a list of items. */
export type RlpItem = Uint8Array | readonly RlpItem[]

/** Deepest lists inside lists that are read: headers and tree nodes need three. */
const maxDepth = 8

/**
 * Reads one item.
 *
 * @param bytes - Exactly the item. Strings in the answer are views of this memory.
 * @throws `RangeError` for anything that is not the one encoding of an item, or nested deeper than 8 lists.
 */
export function decodeRlp(bytes: Uint8Array): RlpItem {
  const { item, end } = readItem(bytes, 0, 0)
  if (end !== bytes.length) throw new RangeError('RLP: bytes are left over')
  return item
}

/** Writes one item. */
export function encodeRlp(item: RlpItem): Uint8Array {
  if (item instanceof Uint8Array) {
    return item.length === 1 && byteAt(item, 0) < 0x80 ? item : prefixed(0x80, item)
  }
  return prefixed(0xc0, concatBytes(...item.map(encodeRlp)))
}

function readItem(bytes: Uint8Array, start: number, depth: number): { item: RlpItem; end: number } {
  const first = byteAt(bytes, start)
  if (first < 0x80) return { item: bytes.subarray(start, start + 1), end: start + 1 }
  const isList = first >= 0xc0
  const { from, end } = extentOf(bytes, start, isList ? 0xc0 : 0x80)
  if (isList) return { item: readItems(bytes, from, end, depth + 1), end }
  if (end === from + 1 && byteAt(bytes, from) < 0x80)
    throw new RangeError('RLP: a byte is prefixed')
  return { item: bytes.subarray(from, end), end }
}

function readItems(
  bytes: Uint8Array,
  from: number,
  end: number,
  depth: number,
): readonly RlpItem[] {
  if (depth > maxDepth) throw new RangeError('RLP: nested too deep')
  const items: RlpItem[] = []
  for (let at = from; at < end;) {
    const next = readItem(bytes, at, depth)
    if (next.end > end) throw new RangeError('RLP: an item is longer than its list')
    items.push(next.item)
    at = next.end
  }
  return items
}

/** Where the content of the item at `start` begins and ends; `base` is the prefix of an empty one. */
function extentOf(bytes: Uint8Array, start: number, base: number): { from: number; end: number } {
  const size = byteAt(bytes, start) - base
  if (size <= 55) return inside(bytes, start + 1, size)
  const sizeLength = size - 55
  let length = 0
  for (let i = 1; i <= sizeLength; i++) length = length * 256 + byteAt(bytes, start + i)
  const isShortest = length > 55 && byteAt(bytes, start + 1) !== 0
  if (!isShortest) throw new RangeError('RLP: a length could be shorter')
  return inside(bytes, start + 1 + sizeLength, length)
}

function inside(bytes: Uint8Array, from: number, length: number): { from: number; end: number } {
  const end = from + length
  if (!(end <= bytes.length)) throw new RangeError('RLP: it ends too early')
  return { from, end }
}

function prefixed(base: number, content: Uint8Array): Uint8Array {
  if (content.length <= 55) return concatBytes(Uint8Array.of(base + content.length), content)
  const size: number[] = []
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256)
  return concatBytes(Uint8Array.of(base + 55 + size.length, ...size), content)
}

function byteAt(bytes: Uint8Array, index: number): number {
  const byte = bytes[index]
  if (byte === undefined) throw new RangeError('RLP: it ends too early')
  return byte
}
