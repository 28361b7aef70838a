import { createHmac, createPublicKey } from 'node:crypto'
import type { Attacks } from '../case.ts'
import { forge } from '../forge.ts'

/** Headers that would have the verifier use another algorithm, another key, or another signing input. */
export async function headerCases(attacks: Attacks) {
  const { header, claims, stand, credential, byAttacker, byIssuer, issuerDocument } = attacks
  const { issuer, attacker, evil } = stand
  const mayAsk = [issuerDocument]
  const none = () => new Uint8Array()
  const pem = createPublicKey({ key: issuer.publicJwk, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  })
  const hs256 = (key: string | Uint8Array) =>
    forge({ ...header, alg: 'HS256' }, claims, (data) =>
      createHmac('sha256', key).update(data).digest(),
    )
  const notAllowed = async (name: string, token: Promise<string>) =>
    credential(name, 'ALGORITHM_NOT_ALLOWED', await token)
  const refused = async (name: string, more: object) =>
    credential(name, 'HEADER_REFUSED', await byIssuer({ ...header, ...more }))
  const kid = async (name: string, code: string, id: string, asks = false) =>
    credential(
      name,
      code,
      await byAttacker({ ...header, kid: id }),
      asks ? { mayAsk: [...mayAsk] } : {},
    )
  const typ = async (value: unknown, code = 'FORMAT_UNKNOWN') =>
    credential(`typ ${JSON.stringify(value)}`, code, await byIssuer({ ...header, typ: value }))
  const written = async (name: string, text: string) =>
    credential(name, 'MALFORMED', await byIssuer(text))
  const text = JSON.stringify(header)

  return Promise.all([
    notAllowed('alg none', byAttacker({ ...header, alg: 'none' })),
    notAllowed('alg NoNe', byAttacker({ ...header, alg: 'NoNe' })),
    notAllowed('alg empty', byAttacker({ ...header, alg: '' })),
    notAllowed('HS256 with the public key in PEM', hs256(pem.toString())),
    notAllowed('HS256 with the public key in JWK', hs256(JSON.stringify(issuer.publicJwk))),
    notAllowed('HS256 with x', hs256(Buffer.from(issuer.publicJwk.x, 'base64url'))),
    notAllowed('HS256 with an empty key', hs256('')),
    ...['RS256', 'PS256', 'ES512', 'es256', 'ES256 ', 'toString', '__proto__'].map((alg) =>
      notAllowed(`alg ${alg}`, byIssuer({ ...header, alg })),
    ),
    (async () =>
      credential(
        'alg none without a signature',
        'ALGORITHM_NOT_ALLOWED',
        await forge({ ...header, alg: 'none' }, claims, none),
      ))(),
    ...['ES256K', 'EdDSA', 'ES384'].map(async (alg) =>
      credential(
        `${alg} for a key of P-256`,
        'SIGNATURE_INVALID',
        await byIssuer({ ...header, alg }),
        {
          mayAsk,
        },
      ),
    ),
    written('alg as a list', JSON.stringify({ ...header, alg: ['ES256'] })),
    written('alg as an object', JSON.stringify({ ...header, alg: { toString: 'ES256' } })),
    written('no alg', JSON.stringify({ kid: header.kid, typ: header.typ })),
    written('alg twice', `{"alg":"none",${text.slice(1)}`),
    written('alg twice, once with an escape', `{"\\u0061lg":"none",${text.slice(1)}`),
    written('__proto__ in the header', `{"__proto__":{"polluted":1},${text.slice(1)}`),
    written('a list as header', JSON.stringify([header])),
    written('null as header', 'null'),
    written('a byte order mark in the header', `\ufeff${text}`),
    written(
      'a header nested as deep as its size allows',
      `{"a":${'['.repeat(2_900)}${']'.repeat(2_900)}}`,
    ),

    refused('a key in the header', { jwk: attacker.publicJwk }),
    refused('the issuer’s key in the header', { jwk: issuer.publicJwk }),
    refused('a private key in the header', { jwk: attacker.privateJwk }),
    refused('jku', { jku: 'https://evil.example/jwks.json' }),
    refused('jku into the inner network', { jku: 'http://169.254.169.254/latest/meta-data' }),
    refused('x5u', { x5u: 'https://evil.example/cert.pem' }),
    refused('crit', { crit: ['exp'], exp: 1 }),
    refused('an empty crit', { crit: [] }),
    refused('crit that is no list', { crit: 'b64' }),
    refused('b64 false', { b64: false, crit: ['b64'] }),
    refused('b64 false without crit', { b64: false }),
    refused('b64 true', { b64: true }),
    (async () =>
      credential(
        'a certificate chain in the header',
        'SIGNATURE_INVALID',
        await byAttacker({ ...header, x5c: ['MIIB'] }),
        { mayAsk },
      ))(),

    kid('the kid of another host', 'ISSUER_MISMATCH', evil.kid),
    kid('the kid of a key that is its DID', 'ISSUER_MISMATCH', attacker.kid),
    kid(
      'a kid that only begins like the issuer',
      'ISSUER_MISMATCH',
      `${issuer.did}.evil.example#key-1`,
    ),
    kid('an address as kid', 'KID_MALFORMED', 'https://evil.example/jwks.json#key-1'),
    kid('a file as kid', 'KID_MALFORMED', '../../../../dev/null'),
    kid('a kid with a path', 'KID_MALFORMED', `${issuer.did}/../evil#key-1`),
    kid('a kid with a query', 'KID_MALFORMED', `${issuer.did}?service=x#key-1`),
    kid('a kid with two fragments', 'KID_MALFORMED', `${issuer.kid}#key-1`),
    kid('a kid with a line end', 'KID_MALFORMED', `${issuer.kid}\n`),
    kid('an empty kid', 'MALFORMED', ''),
    kid('a kid of 5,000 characters', 'MALFORMED', `${issuer.did}#${'a'.repeat(5_000)}`),
    kid('a key that the issuer does not have', 'KEY_INVALID', `${issuer.did}#key-2`, true),
    kid('the prototype as key', 'KEY_INVALID', `${issuer.did}#__proto__`, true),

    ...['vp+jwt', 'dc+sd-jwt', 'kb+jwt', 'at+jwt', 'openid4vci-proof+jwt', ''].map((value) =>
      typ(value),
    ),
    // The JWT form of Open Badges 3.0, without the claims that it must have.
    typ(undefined, 'CREDENTIAL_MALFORMED'),
    typ('JWT', 'CREDENTIAL_MALFORMED'),
    typ(['vc+jwt'], 'MALFORMED'),
    typ({ toString: 'vc+jwt' }, 'MALFORMED'),
  ])
}
