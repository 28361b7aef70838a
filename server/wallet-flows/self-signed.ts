/**
 * The smallest X.509 certificate over a P-256 key (RFC 5280), made the same by every process: name,
 * serial number and period are fixed, and the signature is deterministic (RFC 6979).
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import type { DerivedKey } from './derived-key.ts'

const sequence = 0x30
const ecPublicKey = '06072a8648ce3d0201'
const curveP256 = '06082a8648ce3d030107'
const ecdsaWithSha256 = '06082a8648ce3d040302'
const commonName = '0603550403'

/** A self-signed certificate, DER. */
export function selfSigned(key: DerivedKey['privateJwk']): Buffer {
  const secret = Buffer.from(key.d, 'base64url')
  const point = Buffer.from(p256.getPublicKey(secret, false))
  const algorithm = der(sequence, hex(ecdsaWithSha256))
  const name = der(
    sequence,
    der(0x31, der(sequence, hex(commonName), der(0x0c, text('Livret verifier')))),
  )
  const period = der(sequence, der(0x17, text('260101000000Z')), der(0x18, text('20560101000000Z')))
  const publicKey = der(
    sequence,
    der(sequence, hex(ecPublicKey), hex(curveP256)),
    der(0x03, Buffer.of(0), point),
  )
  // A positive serial number that follows from the key.
  const serial = createHash('sha256').update(point).digest().subarray(0, 16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const version = der(0xa0, der(0x02, Buffer.of(2)))
  const body = der(sequence, version, der(0x02, serial), algorithm, name, period, name, publicKey)
  const signature = Buffer.from(p256.sign(body, secret, { format: 'der' }))
  return der(sequence, body, algorithm, der(0x03, Buffer.of(0), signature))
}

/** One value in DER: tag, length, content. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size =
    length < 0x80
      ? Buffer.of(length)
      : length < 0x100
        ? Buffer.of(0x81, length)
        : Buffer.of(0x82, length >> 8, length & 0xff)
  return Buffer.concat([Buffer.of(tag), size, content])
}

function hex(digits: string): Buffer {
  return Buffer.from(digits, 'hex')
}

function text(characters: string): Buffer {
  return Buffer.from(characters, 'ascii')
}
