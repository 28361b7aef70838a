/**
 * Byte strings: hex, UTF-8 and joining. Isomorphic, without a dependency.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import { isHash, type Hash } from '../model/primitives.ts'

const encoder = new TextEncoder()
const scratch = new Uint8Array(2 ** 15)
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Node's own conversions are several times as fast. */
const native = typeof Buffer === 'undefined' ? undefined : Buffer
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The UTF-8 bytes of `text`. */
export function utf8(text: string): Uint8Array {
  // Node takes a quarter of the time to write into memory that is there (bench: verify).
  if (3 * text.length > scratch.length) return encoder.encode(text)
  return scratch.slice(0, encoder.encodeInto(text, scratch).written)
}

/** Whether every character is below U+0080: in UTF-8, only those are one byte each. */
export function isAscii(text: string): boolean {
  return (native?.byteLength(text, 'utf8') ?? utf8(text).length) === text.length
}

/**
 * The text that `bytes` encode in UTF-8. A byte order mark is kept, as U+FEFF.
 *
 * @throws `TypeError` if the bytes are not UTF-8; callers of {@link parseJsonBytes} never see it.
 */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** The text whose characters are `bytes`, one each: fast to make and to compare, whatever they encode. */
export function latin1(bytes: Uint8Array): string {
  if (native !== undefined) {
    return native.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  }
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

/** Lower-case hex digits of `bytes`, without `0x`. */
export function toHex(bytes: Uint8Array): string {
  if (native !== undefined) {
    return native.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
  }
  let hex = ''
  for (const byte of bytes) hex += hexOf[byte] ?? ''
  return hex
}

/**
 * The bytes of a hex string, with or without `0x`, in either case.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` for an odd length or anything but hex digits.
 */
export function fromHex(hex: string): Uint8Array {
  const digits = hex.startsWith('0x') ? hex.slice(2) : hex
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) {
    throw new RegistryError('INPUT_INVALID', {
      input: 'hex',
      problems: ['expected pairs of hex digits'],
    })
  }
  const bytes = new Uint8Array(digits.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)
  }
  return bytes
}

/**
 * 32 bytes as a {@link Hash}.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` unless there are exactly 32.
 */
export function toHash(bytes: Uint8Array): Hash {
  const hash = `0x${toHex(bytes)}`
  if (isHash(hash)) return hash
  const problems = [`expected 32 bytes, got ${String(bytes.length)}`]
  throw new RegistryError('INPUT_INVALID', { input: 'hash', problems })
}

/** All `parts` in one array, in their order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Tells whether two byte strings are the same. Not for secrets: the time it takes tells where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
