/**
 * Signature checks that are faster than node:crypto's, under Node: Ed25519 by libsodium where
 * `sodium-native` is installed (twice as fast), ES256K by WebAssembly (a third faster).
 *
 * @module
 */
import type { verify as verifyByWasm } from 'tiny-secp256k1'
import { concatBytes } from '../lib/bytes.ts'
import type { CheckedKey } from './curves.ts'

/** Checks a raw signature of the right length; `false`, never an error, for one that is not this key's. */
type Verify = (data: Uint8Array, signature: Uint8Array) => boolean

/** What `node.ts` lends. */
interface Tools {
  sha256: (data: Uint8Array) => Uint8Array
  /** Loads a package; throws if it is not installed. */
  load: (name: string) => unknown
}

/** A faster check for a key whose point lies on its curve; `undefined` where node:crypto is the fastest. */
export function fasterVerify({ algorithm, x, y }: CheckedKey, tools: Tools): Verify | undefined {
  if (algorithm === 'EdDSA') return byLibsodium(x, tools)
  return algorithm === 'ES256K' && y !== undefined ? bySecp256k1(x, y, tools) : undefined
}

function byLibsodium(x: Uint8Array, { load }: Tools): Verify | undefined {
  const sodium = loaded(load, 'sodium-native')
  if (!isLibsodium(sodium)) return undefined
  return (data, signature) => sodium.crypto_sign_verify_detached(signature, data, x)
}

function bySecp256k1(x: Uint8Array, y: Uint8Array, { sha256, load }: Tools): Verify | undefined {
  const curve = loaded(load, 'tiny-secp256k1')
  if (!isSecp256k1(curve)) return undefined
  const point = concatBytes(Uint8Array.of(4), x, y)
  return (data, signature) => {
    try {
      return curve.verify(sha256(data), point, signature, false)
    } catch {
      // It throws for numbers outside the curve's order.
      return false
    }
  }
}

/** A package; `undefined` where it is not installed, or not for this machine. */
function loaded(load: Tools['load'], name: string): unknown {
  try {
    return load(name)
  } catch {
    return undefined
  }
}

/** What is used of `sodium-native`. */
interface Libsodium {
  readonly crypto_sign_verify_detached: (
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
  ) => boolean
}

function isLibsodium(value: unknown): value is Libsodium {
  return isObject(value) && typeof value['crypto_sign_verify_detached'] === 'function'
}

function isSecp256k1(value: unknown): value is { verify: typeof verifyByWasm } {
  return isObject(value) && typeof value['verify'] === 'function'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
