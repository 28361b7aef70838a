import type { Attacks } from '../case.ts'

/** JSON that two readers could understand in two ways, or that hurts who reads it; all signed by the issuer. */
export async function jsonCases({ credential, byIssuer, header, claimsWith, stand }: Attacks) {
  const malformed = async (name: string, payload: string | Uint8Array) =>
    credential(name, 'MALFORMED', await byIssuer(header, payload))
  const member = (name: string, members: string) => malformed(name, claimsWith(members))
  const evil = JSON.stringify(stand.evil.did)
  const deep = (open: string, inner: string, close: string) =>
    `"deep":${open.repeat(50_000)}${inner}${close.repeat(50_000)}`

  return Promise.all([
    member('a member twice', `"issuer":${evil}`),
    member('a member twice, once with an escape', `"iss\\u0075er":${evil}`),
    member('a member twice further inside', '"a":[{"b":1,"b":2}]'),
    member('__proto__', '"__proto__":{"polluted":true}'),
    member('__proto__ with an escape', '"__pro\\u0074o__":{"polluted":true}'),
    member('__proto__ further inside', '"a":[{"__proto__":{"polluted":true}}]'),
    member('half a surrogate pair', '"a":"\\ud83d"'),
    member('half a surrogate pair in a name', '"\\udc00":1'),
    member('surrogates in the wrong order', '"a":"\\ude00\\ud83d"'),
    member('a number beyond all doubles', '"a":1e400'),
    member('a number of 100,000 digits', `"a":${'9'.repeat(100_000)}`),
    member('lists nested 50,000 deep', deep('[', '', ']')),
    member('objects nested 50,000 deep', deep('{"a":', '1', '}')),
    member('lists that are never closed', deep('[', '', '')),
    member('65 levels', `"deep":${'['.repeat(64)}${']'.repeat(64)}`),
    member('NaN', '"a":NaN'),
    member('Infinity', '"a":-Infinity'),
    member('a comment', '/* */"a":1'),
    member('a string that is not closed', '"a":"'),
    member('a control character in a string', '"a":"\u0001"'),
    member('single quotes', "'a':1"),
    malformed('an empty payload', ''),
    malformed('null', 'null'),
    malformed('a list', '[]'),
    malformed('a string', '"credential"'),
    malformed('two values', '{}{}'),
    malformed('a byte order mark', claimsWith('"a":1').replace(/^/, '\ufeff')),
    malformed('UTF-16', Buffer.from(claimsWith('"a":1'), 'utf16le')),
    malformed('an overlong slash', bytesIn(claimsWith('"a":"X"'), [0xc0, 0xaf])),
    malformed('a surrogate in UTF-8', bytesIn(claimsWith('"a":"X"'), [0xed, 0xa0, 0x80])),
    malformed('a byte that begins nothing', bytesIn(claimsWith('"a":"X"'), [0xff])),
  ])
}

/** The UTF-8 of a text, with other bytes in the place of the first X. */
function bytesIn(text: string, bytes: readonly number[]): Uint8Array {
  const [before = '', ...after] = text.split('"X"')
  return Buffer.concat([
    Buffer.from(`${before}"`),
    Uint8Array.from(bytes),
    Buffer.from(`"${after.join('"X"')}`),
  ])
}
