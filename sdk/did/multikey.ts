/**
 * Public keys as multibase text: the identifier of did:key, and `publicKeyMultibase` of Multikey
 * (Controlled Identifiers 1.0 section 2.2.2).
 *
 * @module
 */
import { base58 } from '@scure/base'
import { p256, p384 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { toBase64url } from '../lib/base64url.ts'
import { concatBytes, fromUtf8 } from '../lib/bytes.ts'
import { readJson } from '../lib/json.ts'
import { fromBase64url } from '../lib/base64url.ts'
import { PublicJwk } from '../model/jwk.ts'

const curves = { 'P-256': p256, 'P-384': p384, secp256k1 } as const

/** Multicodec prefixes, as varints, of the keys that Livret verifies with. */
const codecs = [
  { crv: 'Ed25519', prefix: [0xed, 0x01] },
  { crv: 'secp256k1', prefix: [0xe7, 0x01] },
  { crv: 'P-256', prefix: [0x80, 0x24] },
  { crv: 'P-384', prefix: [0x81, 0x24] },
  { crv: 'jwk_jcs-pub', prefix: [0xd1, 0xd6, 0x03] },
] as const

/**
 * The key in a multibase text: `z` and base58btc of a codec and the compressed point.
 *
 * @returns `undefined` for another base, another codec, a wrong length, or a point off the curve.
 */
export function fromMultikey(multibase: string): PublicJwk | undefined {
  const bytes = decodeMultibase(multibase)
  const codec = codecs.find(({ prefix }) => prefix.every((byte, i) => bytes?.[i] === byte))
  if (bytes === undefined || codec === undefined) return undefined
  const key = bytes.subarray(codec.prefix.length)
  const jwk = codec.crv === 'jwk_jcs-pub' ? readJwk(key) : compressedKey(codec.crv, key)
  const parsed = PublicJwk.safeParse(jwk)
  return parsed.success ? parsed.data : undefined
}

/** The multibase text of a key: the way back from {@link fromMultikey}. */
export function toMultikey(jwk: PublicJwk): string {
  const prefix = Uint8Array.from(codecs.find(({ crv }) => crv === jwk.crv)?.prefix ?? [])
  return `z${base58.encode(concatBytes(prefix, compressed(jwk)))}`
}

function decodeMultibase(text: string): Uint8Array | undefined {
  // base58 takes quadratic time: nothing long is tried.
  if (!text.startsWith('z') || text.length > 512) return undefined
  try {
    return base58.decode(text.slice(1))
  } catch {
    return undefined
  }
}

/** Multikey knows compressed points only. */
function compressedKey(crv: PointCurve, key: Uint8Array): PublicJwk | undefined {
  return crv === 'Ed25519' || key.length === curves[crv].Point.Fp.BYTES + 1
    ? keyOfPoint(crv, key)
    : undefined
}

type PointCurve = 'Ed25519' | keyof typeof curves

/**
 * A bare point as a key.
 *
 * @param key - SEC 1 section 2.3.3, compressed or not; for Ed25519 its 32 bytes.
 * @returns `undefined` for a wrong length, or a point off the curve.
 */
export function keyOfPoint(crv: PointCurve, key: Uint8Array): PublicJwk | undefined {
  if (crv === 'Ed25519') {
    return key.length === 32 ? { kty: 'OKP', crv, x: toBase64url(key) } : undefined
  }
  const { Point } = curves[crv]
  const size = Point.Fp.BYTES
  try {
    const point = Point.fromBytes(key).toBytes(false)
    return {
      kty: 'EC',
      crv,
      x: toBase64url(point.subarray(1, size + 1)),
      y: toBase64url(point.subarray(size + 1)),
    }
  } catch {
    return undefined
  }
}

function readJwk(bytes: Uint8Array): unknown {
  try {
    return readJson(fromUtf8(bytes)).value
  } catch {
    return undefined
  }
}

/** SEC 1 section 2.3.3: the sign of y, and x; for Ed25519 the key as it is. */
function compressed(jwk: PublicJwk): Uint8Array {
  const x = fromBase64url(jwk.x) ?? new Uint8Array()
  if (jwk.kty === 'OKP') return x
  const y = fromBase64url(jwk.y) ?? new Uint8Array()
  return concatBytes(Uint8Array.of(2 + ((y.at(-1) ?? 0) & 1)), x)
}
