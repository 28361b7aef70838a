/**
 * Byte strings: hex, UTF-8 and joining. Isomorphic, without a dependency.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import { Hash } from '../model/primitives.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The UTF-8 bytes of `text`. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/**
 * The text that `bytes` encode in UTF-8. A byte order mark is kept, as U+FEFF.
 *
 * @throws `TypeError` if the bytes are not UTF-8; callers of {@link parseJsonBytes} never see it.
 */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** Lower-case hex digits of `bytes`, without `0x`. */
export function toHex(bytes: Uint8Array): string {
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
  if (bytes.length !== 32) {
    const problems = [`expected 32 bytes, got ${String(bytes.length)}`]
    throw new RegistryError('INPUT_INVALID', { input: 'hash', problems })
  }
  return Hash.parse(`0x${toHex(bytes)}`)
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
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
