/** A JWT's r || s (32 bytes each) as DER, with which node:crypto is fastest: two INTEGERs in a SEQUENCE. */
export function rawToDer(raw: Buffer): Buffer {
  const der = Buffer.allocUnsafe(72)
  const end = writeInteger(der, writeInteger(der, 2, raw, 0), raw, 32)
  der[0] = 0x30
  der[1] = end - 2
  return der.subarray(0, end)
}

/**
 * Writes the 32 bytes of `raw` from `from` on to `at`, without leading zeros but one before a first bit
 * that would make the number negative; says where it ends.
 */
function writeInteger(der: Buffer, at: number, raw: Buffer, from: number): number {
  const last = from + 31
  let start = from
  while (start < last && raw[start] === 0) start++
  const sign = (raw[start] ?? 0) > 127 ? 1 : 0
  const length = sign + last - start + 1
  der[at] = 0x02
  der[at + 1] = length
  if (sign === 1) der[at + 2] = 0
  raw.copy(der, at + 2 + sign, start, last + 1)
  return at + 2 + length
}
