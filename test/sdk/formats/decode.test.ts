import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { isRegistryError } from '../../../sdk/errors.ts'
import { decodeCredential } from '../../../sdk/formats/decode.ts'
import { refusals } from '../../../sdk/formats/refusal.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import { codeOf, forge, newParty, plainCredential } from '../../support/issuer.ts'

const issuer = newParty()
const header = { alg: 'ES256', kid: issuer.signer.kid, typ: 'vc+jwt', cty: 'vc' }
const credential = plainCredential(issuer.did)

let jwt: string
beforeAll(async () => {
  jwt = await signVcJwt(credential, issuer.signer, { signedAt: 1_768_435_200 })
})

/** The code with which a token of this header and payload is refused. */
async function refusalOf(head: object | string, payload: object | string): Promise<string> {
  const text = await forge(head, payload)
  return codeOf(() => decodeCredential(text))
}

describe('decodeCredential', () => {
  test('reads what signVcJwt wrote', () => {
    expect(decodeCredential(jwt)).toMatchObject({
      format: 'vc+jwt',
      text: jwt,
      algorithm: 'ES256',
      kid: issuer.signer.kid,
      issuer: issuer.did,
      signedAt: 1_768_435_200,
      credential: {
        issuer: { id: issuer.did },
        type: ['VerifiableCredential'],
        credentialSubject: [{ id: 'did:example:ada' }],
      },
    })
  })

  test('says nothing of what the token does not say', () => {
    expect(decodeCredential(jwt)).not.toHaveProperty('expiresAt')
  })

  test('ignores blanks around the token, and nowhere else', () => {
    expect(decodeCredential(` ${jwt}\n`).text).toBe(jwt)
    const inside = `${jwt.slice(0, 40)} ${jwt.slice(40)}`
    expect(codeOf(() => decodeCredential(inside))).toBe('MALFORMED')
  })

  test('throws refusals only, whatever the text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.nat(), fc.string({ unit: 'binary', maxLength: 3 })).map(([at, insert]) => {
        const position = at % jwt.length
        return jwt.slice(0, position) + insert + jwt.slice(position + 1)
      }),
    )
    fc.assert(
      fc.property(text, (hostile) => {
        try {
          decodeCredential(hostile)
        } catch (error) {
          if (!isRegistryError(error) || error.code !== 'TOKEN_INVALID') throw error
          expect(refusals).toContain(error.facts.code)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('throws refusals only, whatever the claims', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(credential), 'iss', 'sub', 'iat', 'exp', 'credentialStatus'),
        fc.jsonValue(),
        async (member, value) => {
          const text = await forge(header, { ...credential, [member]: value })
          const code = codeOf(() => decodeCredential(text))
          expect([
            'nothing thrown',
            'MALFORMED',
            'CREDENTIAL_MALFORMED',
            'ISSUER_MISMATCH',
          ]).toContain(code)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('decodeCredential refuses', () => {
  test.each([
    ['nothing', '', 'MALFORMED'],
    ['two segments', 'e30.e30', 'MALFORMED'],
    ['four segments', 'e30.e30.AA.AA', 'MALFORMED'],
    ['a JWE', 'e30.e30.AA.AA.AA', 'MALFORMED'],
    ['no signature', 'eyJhbGciOiJFUzI1NiJ9.e30.', 'MALFORMED'],
    ['an SD-JWT', 'eyJhbGciOiJFUzI1NiJ9.e30.AA~', 'FORMAT_UNKNOWN'],
    ['a megabyte of blanks', ' '.repeat(1_000_001), 'TOO_LARGE'],
    ['a megabyte', 'A'.repeat(1_000_001), 'TOO_LARGE'],
    ['a large header', `${'A'.repeat(8_004)}.e30.AA`, 'TOO_LARGE'],
    ['JSON', '{"alg":"ES256"}', 'MALFORMED'],
  ])('%s', (_, text, code) => {
    expect(codeOf(() => decodeCredential(text))).toBe(code)
  })

  test.each<[string, object | string, string]>([
    ['alg none', { ...header, alg: 'none' }, 'ALGORITHM_NOT_ALLOWED'],
    ['alg None', { ...header, alg: 'None' }, 'ALGORITHM_NOT_ALLOWED'],
    ['a MAC', { ...header, alg: 'HS256' }, 'ALGORITHM_NOT_ALLOWED'],
    ['RSA', { ...header, alg: 'RS256' }, 'ALGORITHM_NOT_ALLOWED'],
    ['the alg of an object’s prototype', { ...header, alg: 'toString' }, 'ALGORITHM_NOT_ALLOWED'],
    ['alg as a list', { ...header, alg: ['ES256'] }, 'MALFORMED'],
    ['no alg', { kid: header.kid, typ: 'vc+jwt' }, 'MALFORMED'],
    ['two algs', `{"alg":"none",${JSON.stringify(header).slice(1)}`, 'MALFORMED'],
    ['crit', { ...header, crit: ['exp'] }, 'HEADER_REFUSED'],
    ['an empty crit', { ...header, crit: [] }, 'HEADER_REFUSED'],
    ['b64', { ...header, b64: true }, 'HEADER_REFUSED'],
    ['jku', { ...header, jku: 'https://evil.example/keys' }, 'HEADER_REFUSED'],
    ['x5u', { ...header, x5u: 'https://evil.example/cert' }, 'HEADER_REFUSED'],
    ['a key of its own', { ...header, jwk: issuer.publicJwk }, 'HEADER_REFUSED'],
    ['a private key', { ...header, jwk: { kty: 'OKP', d: 'AA' } }, 'HEADER_REFUSED'],
    ['no typ', { alg: 'ES256', kid: header.kid }, 'FORMAT_UNKNOWN'],
    ['typ JWT without vc', { ...header, typ: 'JWT' }, 'FORMAT_UNKNOWN'],
    ['a presentation’s typ', { ...header, typ: 'vp+jwt' }, 'FORMAT_UNKNOWN'],
    ['an SD-JWT’s typ', { ...header, typ: 'dc+sd-jwt' }, 'FORMAT_UNKNOWN'],
    ['the kid of somebody else', { ...header, kid: 'did:web:evil.example#0' }, 'ISSUER_MISMATCH'],
    ['a kid that only starts right', { ...header, kid: `${issuer.did}.evil#0` }, 'ISSUER_MISMATCH'],
    ['a kid without fragment', { ...header, kid: issuer.did }, 'KID_MALFORMED'],
    ['an empty fragment', { ...header, kid: `${issuer.did}#` }, 'KID_MALFORMED'],
    ['two fragments', { ...header, kid: `${issuer.did}#0#1` }, 'KID_MALFORMED'],
    ['a kid with a path', { ...header, kid: `${issuer.did}/x#0` }, 'KID_MALFORMED'],
    ['a kid with a query', { ...header, kid: `${issuer.did}?versionId=1#0` }, 'KID_MALFORMED'],
    ['an address as kid', { ...header, kid: 'https://evil.example/#0' }, 'KID_MALFORMED'],
  ])('%s', async (_, head, code) => {
    expect(await refusalOf(head, credential)).toBe(code)
  })

  test.each<[string, object, string]>([
    ['a vc claim', { vc: {} }, 'CREDENTIAL_MALFORMED'],
    ['a vp claim', { vp: null }, 'CREDENTIAL_MALFORMED'],
    ['another iss', { iss: 'did:example:eve' }, 'ISSUER_MISMATCH'],
    ['an iss that is no text', { iss: [issuer.did] }, 'ISSUER_MISMATCH'],
    ['another jti', { id: 'urn:uuid:1', jti: 'urn:uuid:2' }, 'CREDENTIAL_MALFORMED'],
    ['another sub', { sub: 'did:example:eve' }, 'CREDENTIAL_MALFORMED'],
    ['an exp in milliseconds', { exp: 1_768_435_200_000 }, 'CREDENTIAL_MALFORMED'],
    ['a negative iat', { iat: -1 }, 'CREDENTIAL_MALFORMED'],
    ['an iat as text', { iat: '1768435200' }, 'CREDENTIAL_MALFORMED'],
    [
      'an issuer that is no DID, nor https',
      { issuer: 'http://livret.example' },
      'CREDENTIAL_MALFORMED',
    ],
    ['no issuer', { issuer: undefined }, 'CREDENTIAL_MALFORMED'],
    ['no subject', { credentialSubject: undefined }, 'CREDENTIAL_MALFORMED'],
    ['an empty subject', { credentialSubject: {} }, 'CREDENTIAL_MALFORMED'],
    ['an empty list of subjects', { credentialSubject: [] }, 'CREDENTIAL_MALFORMED'],
    ['a subject as text', { credentialSubject: 'did:example:ada' }, 'CREDENTIAL_MALFORMED'],
    ['a date without zone', { validFrom: '2026-01-15T00:00:00' }, 'CREDENTIAL_MALFORMED'],
    ['a day that does not exist', { validFrom: '2026-02-30T00:00:00Z' }, 'CREDENTIAL_MALFORMED'],
    ['a day alone', { validFrom: '2026-01-15' }, 'CREDENTIAL_MALFORMED'],
    [
      'a second told to a hundred digits',
      { validFrom: `2026-01-15T00:00:00.${'1'.repeat(100)}Z` },
      'CREDENTIAL_MALFORMED',
    ],
    ['a number as date', { validFrom: 1_768_435_200 }, 'CREDENTIAL_MALFORMED'],
    ['an end before its start', { validUntil: '2026-01-14T23:59:59Z' }, 'CREDENTIAL_MALFORMED'],
    [
      'an end before its start in another zone',
      { validUntil: '2026-01-15T00:30:00+01:00' },
      'CREDENTIAL_MALFORMED',
    ],
    ['a status without type', { credentialStatus: { id: 'urn:x:1' } }, 'CREDENTIAL_MALFORMED'],
    ['types twice', { type: ['VerifiableCredential', 'A', 'A'] }, 'CREDENTIAL_MALFORMED'],
    [
      '1,001 types',
      { type: ['VerifiableCredential', ...Array.from({ length: 1000 }, (_, i) => `A${i}`)] },
      'CREDENTIAL_MALFORMED',
    ],
    ['no types', { type: [] }, 'CREDENTIAL_MALFORMED'],
    [
      'a context that is no address',
      { '@context': ['https://www.w3.org/ns/credentials/v2', 'x y'] },
      'CREDENTIAL_MALFORMED',
    ],
    [
      '33 contexts',
      {
        '@context': ['https://www.w3.org/ns/credentials/v2', ...Array<string>(32).fill('urn:x:1')],
      },
      'CREDENTIAL_MALFORMED',
    ],
  ])('%s', async (_, change, code) => {
    expect(await refusalOf(header, { ...credential, ...change })).toBe(code)
  })

  test('a member that stands twice', async () => {
    const twice = `{"issuer":"did:example:eve",${JSON.stringify(credential).slice(1)}`
    expect(await refusalOf(header, twice)).toBe('MALFORMED')
  })

  test('deep nesting', async () => {
    const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    expect(await refusalOf(header, deep)).toBe('MALFORMED')
  })

  test('times that overflow', async () => {
    const text = JSON.stringify(credential).slice(0, -1)
    expect(await refusalOf(header, `${text},"exp":1e400}`)).toBe('MALFORMED')
  })

  test('a crowd of values', async () => {
    const crowd = { ...credential, a: Array<number>(20_000).fill(1) }
    expect(await refusalOf(header, crowd)).toBe('TOO_LARGE')
  })
})

describe('decodeCredential accepts', () => {
  test.each<[string, object, object]>([
    ['typ with application/', { typ: 'application/vc+jwt' }, {}],
    ['typ in capitals', { typ: 'VC+JWT' }, {}],
    ['a kid that is a fragment', { kid: '#0' }, {}],
    ['no kid where the DID is the key', { kid: undefined }, {}],
    ['one context as text', {}, { '@context': 'https://www.w3.org/ns/credentials/v2' }],
    ['one type as text', {}, { type: 'VerifiableCredential' }],
    ['several subjects', {}, { credentialSubject: [{ id: 'did:example:a' }, { name: 'b' }] }],
    ['an end at its start', {}, { validUntil: '2026-01-15T01:00:00+01:00' }],
    ['members that nobody knows', { x5c: ['AA'] }, { shoeSize: 43 }],
    [
      'iss, sub and jti that agree',
      {},
      { id: 'urn:uuid:1', jti: 'urn:uuid:1', iss: issuer.did, sub: 'did:example:ada' },
    ],
  ])('%s', async (_, head, change) => {
    const text = await forge({ ...header, ...head }, { ...credential, ...change })
    expect(decodeCredential(text).kid).toBe(issuer.signer.kid)
  })

  test('the kid only of a DID that has one key', async () => {
    const text = await forge(
      { alg: 'ES256', typ: 'vc+jwt' },
      plainCredential('did:web:a.example' as never),
    )
    expect(codeOf(() => decodeCredential(text))).toBe('KID_MALFORMED')
  })

  test('fractions of seconds, rounded down', async () => {
    const text = await forge(header, { ...credential, iat: 1.9, nbf: 1.5, exp: 2.5 })
    const times = { signedAt: 1, notBefore: 1, expiresAt: 2 }
    expect(decodeCredential(text)).toMatchObject(times)
  })
})
