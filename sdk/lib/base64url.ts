/**
 * base64url without padding (RFC 4648 section 5, RFC 7515 appendix C), strict: every byte string has
 * one text, and every other text is refused. Decoders that skip what they do not know let two
 * different tokens carry the same signature.
 *
 * @module
 */
import { isAscii } from './bytes.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const valueOf = new Uint8Array(128).fill(255)
for (let value = 0; value < 64; value++) valueOf[alphabet.charCodeAt(value)] = value

/** Node's decoder is twenty times as fast; elsewhere the table below does. */
const native = typeof Buffer === 'undefined' ? undefined : Buffer

/** The base64url text of `bytes`, without padding. */
export function toBase64url(bytes: Uint8Array): string {
  if (native !== undefined) {
    return native.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
  }
  return encodeByTable(bytes)
}

/**
 * The bytes of a base64url text, or `undefined` if it is not one: padding, blanks, `+`, `/`, anything
 * outside ASCII, a length of 4n + 1, or bits in the last character that no byte holds.
 */
export function fromBase64url(text: string): Uint8Array | undefined {
  if (native === undefined || text.length < 64) return decodeByTable(text)
  const rest = text.length % 4
  // Node skips what it does not know and takes + and / too: then the length, or a second look, tells.
  if (rest === 1 || text.includes('+') || text.includes('/') || !hasCanonicalEnd(text)) {
    return undefined
  }
  const bytes = native.from(text, 'base64url')
  if (bytes.length !== Math.floor((text.length * 3) / 4) || !isAscii(text)) return undefined
  return bytes
}

/** {@link fromBase64url} without the platform's help. */
export function decodeByTable(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1 || !hasCanonicalEnd(text)) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let buffer = 0
  let bits = 0
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const value = valueOf[text.charCodeAt(i)] ?? 255
    if (value === 255) return undefined
    buffer = ((buffer << 6) | value) & 0xfff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = (buffer >> bits) & 0xff
    }
  }
  return bytes
}

/** {@link toBase64url} without the platform's help. */
export function encodeByTable(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const group = (a << 16) | (b << 8) | c
    const chars = [18, 12, 6, 0].map((shift) => alphabet.charAt((group >> shift) & 63)).join('')
    text += chars.slice(0, Math.min(bytes.length - i, 3) + 1)
  }
  return text
}

/** Whether the bits of the last character that belong to no byte are zero. */
function hasCanonicalEnd(text: string): boolean {
  const rest = text.length % 4
  if (rest === 0) return true
  const last = valueOf[text.charCodeAt(text.length - 1)] ?? 255
  return (last & (rest === 2 ? 15 : 3)) === 0
}
