/**
 * Tokens as attackers write them.
 *
 * @module
 */

/** Signs bytes, or says that it did. */
export type Sign = (data: Uint8Array) => Uint8Array | Promise<Uint8Array>

/** What goes into a segment: an object as JSON, text as it is, bytes as they are. */
export type Part = object | string | Uint8Array

/** Makes a token of parts that no honest writer would put together. */
export async function forge(header: Part, payload: Part, sign: Sign): Promise<string> {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${base64url(await sign(Buffer.from(input)))}`
}

/** A token's own three segments with other text in them, and the signature as it was. */
export function resegment(
  token: string,
  change: (segments: [string, string, string]) => readonly string[],
): string {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return change([header, payload, signature]).join('.')
}

/** The base64url form of a part. */
export function base64url(part: Part): string {
  const isText = typeof part === 'string' || part instanceof Uint8Array
  return Buffer.from(isText ? part : JSON.stringify(part)).toString('base64url')
}
