/**
 * Signature checks that are faster than node:crypto's, under Node: Ed25519 by libsodium where
 * `sodium-native` is installed (twice as fast), ES256K by WebAssembly (a third faster).
 *
 * @module
 */
import { concatBytes } from '../lib/bytes.ts'
import type { CheckedKey } from './curves.ts'

/** Checks a raw signature of the right length; `false`, never an error, for one that is not this key's. */
type Verify = (data: Uint8Array, signature: Uint8Array) => boolean

/** What `node.ts` lends. */
interface Tools {
  sha256: (data: Uint8Array) => Uint8Array
  require: NodeJS.Require
}

/** A faster check for a key whose point lies on its curve; `undefined` where node:crypto is the fastest. */
export function fasterVerify({ algorithm, x, y }: CheckedKey, tools: Tools): Verify | undefined {
  if (algorithm === 'EdDSA') return byLibsodium(x, tools)
  return algorithm === 'ES256K' && y !== undefined ? byWasm(x, y, tools) : undefined
}

function byLibsodium(x: Uint8Array, { require }: Tools): Verify | undefined {
  const sodium = libsodium(require)
  if (sodium === undefined) return undefined
  const key = Buffer.from(x)
  return (data, signature) =>
    sodium.crypto_sign_verify_detached(bufferOf(signature), bufferOf(data), key)
}

function byWasm(x: Uint8Array, y: Uint8Array, { sha256, require }: Tools): Verify {
  const { verify }: typeof import('tiny-secp256k1') = require('tiny-secp256k1')
  const point = concatBytes(Uint8Array.of(4), x, y)
  return (data, signature) => {
    try {
      return verify(sha256(data), point, signature, false)
    } catch {
      // It throws for numbers outside the curve's order.
      return false
    }
  }
}

/** `undefined` where it is not installed, or not for this machine. */
function libsodium(require: NodeJS.Require): typeof import('sodium-native') | undefined {
  try {
    return require('sodium-native')
  } catch {
    return undefined
  }
}

/** The same bytes as a Buffer. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
