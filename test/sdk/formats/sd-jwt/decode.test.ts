import { describe, expect, test } from 'vitest'
import { decodeCredential } from '../../../../sdk/formats/decode.ts'
import { codeOf, newParty } from '../../../support/issuer.ts'
import { disclosure, forgeSdJwt, wholeSdJwt } from '../../../support/sd-jwt.ts'

const issuer = newParty()
const subject = { id: 'did:example:ada' }
const member = disclosure(['c2FsdHNhbHRzYWx0MTYh', 'grade', 'A'])
const item = disclosure(['c2FsdHNhbHRzYWx0MTYi', 'welding'])
const code = async (claims: object, disclosures: readonly string[] = [], header: object = {}) => {
  const text = await forgeSdJwt(issuer, claims, disclosures, header)
  return codeOf(() => decodeCredential(text))
}
const about = (more: object) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  credentialSubject: { ...subject, ...more },
})

describe('an SD-JWT VC', () => {
  test('discloses members, items and what is inside them', async () => {
    const inner = disclosure(['s', 'level', 3])
    const outer = disclosure(['s', { name: 'welding', _sd: [inner.digest] }])
    const claims = about({ skills: ['plain', { '...': outer.digest }], _sd: [member.digest] })
    const text = await forgeSdJwt(issuer, claims, [outer.text, inner.text, member.text])
    expect(decodeCredential(text).credential.credentialSubject[0]).toEqual({
      ...subject,
      skills: ['plain', { name: 'welding', level: 3 }],
      grade: 'A',
    })
  })

  test('leaves out what is not disclosed', async () => {
    const claims = about({ skills: ['plain', { '...': item.digest }], _sd: [member.digest] })
    const { credential } = decodeCredential(await forgeSdJwt(issuer, claims))
    expect(credential.credentialSubject[0]).toEqual({ ...subject, skills: ['plain'] })
  })

  test.each([
    ['sha384', 'sha-384'],
    ['sha512', 'sha-512'],
  ])('may use %s', async (hash, _sd_alg) => {
    const { text, digest } = disclosure(['s', 'grade', 'A'], hash)
    expect(await code({ ...about({ _sd: [digest] }), _sd_alg }, [text])).toBe('nothing thrown')
  })

  test('of another data model is about whoever has its key', async () => {
    const claims = { cnf: { jwk: newParty().publicJwk }, given_name: 'Ada', nbf: 1_768_435_200 }
    const { credential } = decodeCredential(await forgeSdJwt(issuer, claims))
    expect(credential).toMatchObject({
      type: ['VerifiableCredential', 'https://region.example/vct/TrainingCertificateCredential/v1'],
      validFrom: '2026-01-15T00:00:00.000Z',
      credentialSubject: [{ id: expect.stringMatching(/^did:jwk:/) as string, given_name: 'Ada' }],
    })
  })
})

describe('an SD-JWT VC is refused', () => {
  test.each<[string, string, object, string[]]>([
    ['a disclosure of nothing', 'DISCLOSURE_UNREFERENCED', about({}), [member.text]],
    [
      'the same disclosure twice',
      'DISCLOSURE_REPEATED',
      about({ _sd: [member.digest] }),
      [member.text, member.text],
    ],
    ['a digest twice', 'DISCLOSURE_REPEATED', about({ _sd: [member.digest, member.digest] }), []],
    [
      'a digest on two levels',
      'DISCLOSURE_REPEATED',
      about({ _sd: [member.digest], a: { _sd: [member.digest] } }),
      [member.text],
    ],
    [
      'a claim that is there',
      'DISCLOSURE_COLLISION',
      about({ grade: 'B', _sd: [member.digest] }),
      [member.text],
    ],
    [
      'an unknown hash',
      'DISCLOSURE_HASH_UNKNOWN',
      { ...about({ _sd: [member.digest] }), _sd_alg: 'md5' },
      [member.text],
    ],
    [
      'a hash that is none',
      'DISCLOSURE_HASH_UNKNOWN',
      { ...about({ _sd: [member.digest] }), _sd_alg: null },
      [member.text],
    ],
    ['_sd that is no list', 'DISCLOSURE_MALFORMED', about({ _sd: member.digest }), []],
    ['_sd of numbers', 'DISCLOSURE_MALFORMED', about({ _sd: [1] }), []],
    ['a digest of an item in an object', 'DISCLOSURE_MALFORMED', about({ '...': item.digest }), []],
    [
      'an item with more than its digest',
      'DISCLOSURE_MALFORMED',
      about({ a: [{ '...': item.digest, b: 1 }] }),
      [],
    ],
    [
      'the disclosure of a member as an item',
      'DISCLOSURE_MALFORMED',
      about({ a: [{ '...': member.digest }] }),
      [member.text],
    ],
    [
      'the disclosure of an item as a member',
      'DISCLOSURE_MALFORMED',
      about({ _sd: [item.digest] }),
      [item.text],
    ],
    ['nothing between two tildes', 'DISCLOSURE_MALFORMED', about({}), ['']],
    ['a disclosure that is not base64url', 'DISCLOSURE_MALFORMED', about({}), ['a+b=']],
    [
      'an iss beside another issuer',
      'ISSUER_MISMATCH',
      { ...about({}), issuer: 'did:example:other' },
      [],
    ],
    [
      'a sub beside another subject',
      'CREDENTIAL_MALFORMED',
      { ...about({}), sub: 'did:example:bob' },
      [],
    ],
    ['nothing to name its type', 'CREDENTIAL_MALFORMED', { ...about({}), vct: undefined }, []],
    ['an audience', 'CREDENTIAL_MALFORMED', { ...about({}), aud: 'did:web:a.example' }, []],
    ['nbf in milliseconds', 'CREDENTIAL_MALFORMED', { ...about({}), nbf: 1_768_435_200_000 }, []],
    [
      'a private key in cnf',
      'CREDENTIAL_MALFORMED',
      { ...about({}), cnf: { jwk: issuer.privateJwk } },
      [],
    ],
  ])('with %s: %s', async (_, expected, claims, disclosures) => {
    expect(await code(claims, disclosures)).toBe(expected)
  })

  test.each<[string, unknown, string]>([
    ['no list', { a: 1 }, 'DISCLOSURE_MALFORMED'],
    ['one part', ['s'], 'DISCLOSURE_MALFORMED'],
    ['four parts', ['s', 'a', 1, 2], 'DISCLOSURE_MALFORMED'],
    ['a salt that is a number', [1, 'a', 1], 'DISCLOSURE_MALFORMED'],
    ['a name that is a number', ['s', 1, 1], 'DISCLOSURE_MALFORMED'],
    ['a member twice', '["s","a",{"b":1,"b":2}]', 'DISCLOSURE_MALFORMED'],
    ['the name _sd', ['s', '_sd', []], 'DISCLOSURE_FORBIDDEN'],
    ['the name ...', ['s', '...', 'x'], 'DISCLOSURE_FORBIDDEN'],
    ['the name __proto__', ['s', '__proto__', {}], 'DISCLOSURE_FORBIDDEN'],
  ])('with a disclosure of %s', async (_, content, expected) => {
    const { text, digest } = disclosure(content)
    expect(await code(about({ _sd: [digest] }), [text])).toBe(expected)
  })

  test.each([
    ['iss', 'did:example:x'],
    ['nbf', 1],
    ['exp', 2_000_000_000],
    ['cnf', { jwk: issuer.publicJwk }],
    ['vct', 'x'],
    ['vct#integrity', 'sha256-x'],
    ['status', {}],
    ['aka_vcts', []],
    ['type', ['VerifiableCredential']],
    ['@context', []],
    ['issuer', 'did:example:x'],
    ['credentialStatus', []],
    ['validUntil', '2030-01-01T00:00:00Z'],
  ])('when %s is selectively disclosable', async (name, value) => {
    const { text, digest } = disclosure(['s', name, value])
    const others = Object.fromEntries(Object.entries(about({})).filter(([each]) => each !== name))
    const given = name === 'iss' || name === 'vct' ? { [name]: undefined } : {}
    expect(await code({ ...others, ...given, _sd: [digest] }, [text])).toBe('DISCLOSURE_FORBIDDEN')
  })

  test('when part of what every reader must see is selectively disclosable', async () => {
    const { text, digest } = disclosure([
      's',
      'status_list',
      { idx: 1, uri: 'https://r.example/t' },
    ])
    expect(await code({ ...about({}), status: { _sd: [digest] } }, [text])).toBe(
      'DISCLOSURE_FORBIDDEN',
    )
  })

  test('when a certification is selectively disclosable', async () => {
    const { text, digest } = disclosure(['s', { targetFramework: 'RNCP', targetCode: 'RNCP34079' }])
    const claims = about({ achievement: { alignment: [{ '...': digest }] } })
    expect(await code(claims, [text])).toBe('DISCLOSURE_FORBIDDEN')
    expect(await code(claims)).toBe('nothing thrown')
  })

  test.each([
    ['another typ', { typ: 'vc+sd-jwt' }, 'FORMAT_UNKNOWN'],
    ['no typ', { typ: undefined }, 'FORMAT_UNKNOWN'],
    ['alg none', { alg: 'none' }, 'ALGORITHM_NOT_ALLOWED'],
    ['a key of another', { kid: 'did:example:x#1' }, 'ISSUER_MISMATCH'],
    ['a key of its own', { jwk: issuer.publicJwk }, 'HEADER_REFUSED'],
  ])('with %s in its header', async (_, header, expected) => {
    expect(await code(about({}), [], header)).toBe(expected)
  })

  test('when too much is disclosed', async () => {
    const many = Array.from({ length: 1_001 }, () => member.text)
    expect(await code(about({}), many)).toBe('TOO_LARGE')
    const wide = Array.from({ length: 3 }, (_, i) =>
      disclosure(['s', `m${i}`, Array(2_000).fill(1)]),
    )
    const claims = about({ _sd: wide.map(({ digest }) => digest) })
    expect(
      await code(
        claims,
        wide.map(({ text }) => text),
      ),
    ).toBe('TOO_LARGE')
  })

  test('when disclosures hold each other 70 deep', async () => {
    const chain = [disclosure(['s', 'a', 1])]
    for (let i = 0; i < 70; i++) chain.push(disclosure(['s', 'a', { _sd: [chain.at(-1)!.digest] }]))
    const claims = about({ _sd: [chain.at(-1)!.digest] })
    expect(
      await code(
        claims,
        chain.map(({ text }) => text),
      ),
    ).toBe('TOO_LARGE')
  })

  test('when it is not whole', async () => {
    const { text } = await wholeSdJwt()
    const [jwt = ''] = text.split('~')
    expect(codeOf(() => decodeCredential(jwt))).toBe('FORMAT_UNKNOWN')
    expect(codeOf(() => decodeCredential(text.replace(/~[^~]{20}/, '~')))).toMatch(/^DISCLOSURE_/)
  })
})
