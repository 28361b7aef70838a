import type { Attacks } from '../case.ts'
import { base64url, resegment } from '../forge.ts'

/** Texts that are no compact JWS, or one in other letters. */
export function encodingCases({ credential, stand }: Attacks) {
  const { vcJwt } = stand.tokens
  const [header = '', payload = '', signature = ''] = vcJwt.split('.')
  const middle = Math.floor(payload.length / 2)
  const inPayload = (letters: string, length = 0) =>
    `${header}.${payload.slice(0, middle)}${letters}${payload.slice(middle + length)}.${signature}`
  const malformed = (name: string, text: string) => credential(name, 'MALFORMED', text)
  return [
    malformed('nothing', ''),
    malformed('a million dots', '.'.repeat(1_000_000)),
    malformed('two dots', '..'),
    malformed('two segments', `${header}.${payload}`),
    malformed('no signature', `${header}.${payload}.`),
    malformed('four segments', `${vcJwt}.${signature}`),
    malformed('five segments, as a JWE has', `${header}.${payload}.${signature}.AA.AA`),
    credential('an SD-JWT’s tilde', 'FORMAT_UNKNOWN', `${vcJwt}~`),
    malformed('a blank inside', inPayload(' ')),
    malformed('a line end inside', inPayload('\n')),
    malformed('a NUL inside', inPayload('\0')),
    malformed('a letter of base64', inPayload('+', 1)),
    malformed('a letter that looks alike', inPayload('а', 1)),
    malformed('half a surrogate pair', inPayload('\ud83d', 1)),
    malformed(
      'padding',
      resegment(vcJwt, ([h, p, s]) => [h, `${p}==`, s]),
    ),
    malformed('a signature with bits beyond its end', `${vcJwt.slice(0, -1)}${nextOf(vcJwt)}`),
    malformed('a payload of 4n + 1 characters', `${header}.${'A'.repeat(401)}.${signature}`),
    malformed('an UTF-8 byte order mark before it', `\u{feff}${header}\u{feff}.${payload}.AA`),
    credential('JSON serialization', 'RECEIPT_MALFORMED', jsonSerialized(vcJwt)),
    credential('a text of 2 MB', 'TOO_LARGE', 'A'.repeat(2_000_000)),
    credential('a text of 50 MB', 'TOO_LARGE', 'A'.repeat(50_000_000)),
    credential('50 million dots', 'TOO_LARGE', '.'.repeat(50_000_000)),
    credential('50 million blanks', 'TOO_LARGE', ' '.repeat(50_000_000)),
    credential('50 million brackets', 'TOO_LARGE', `{${'['.repeat(50_000_000)}`),
    credential('a header of 1 MB', 'TOO_LARGE', `${'A'.repeat(1_000_000)}.e30.AA`),
    credential('a header of 9 kB', 'TOO_LARGE', `${base64url({ a: 'a'.repeat(9_000) })}.e30.AA`),
    malformed('a signature of 700 kB', `${header}.${payload}.${'A'.repeat(700_001)}`),
  ]
}

/** The last character, plus one: the same bytes to a reader that does not look. */
function nextOf(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet.charAt(alphabet.indexOf(token.at(-1) ?? '') + 1)
}

function jsonSerialized(token: string): string {
  const [header, payload, signature] = token.split('.')
  return JSON.stringify({ protected: header, payload, signature })
}
