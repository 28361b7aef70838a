import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DcqlQuery, type CredentialQuery } from '../../../sdk/wallet/dcql-query.ts'
import { checkAnswer } from '../../../sdk/wallet/check-answer.ts'
import { matchCredential, valuesAt } from '../../../sdk/wallet/match-credential.ts'
import { selectCredentials } from '../../../sdk/wallet/select-credentials.ts'
import type { ClaimSource } from '../../../sdk/wallet/claims-of.ts'

const identity: ClaimSource = {
  format: 'dc+sd-jwt',
  claims: {
    vct: 'https://credentials.example.com/identity_credential',
    last_name: 'Doe',
    first_name: 'John',
    address: { street_address: '42 Market Street', locality: 'Milliways', postal_code: '12345' },
    degrees: [
      { type: 'Bachelor of Science', university: 'Betelgeuse' },
      { type: 'Master of Science', university: 'Betelgeuse' },
    ],
    nationalities: ['British', 'Betelgeusian'],
  },
}

describe('a claims path pointer (section 7.3)', () => {
  test.each([
    [['first_name'], ['John']],
    [['address', 'locality'], ['Milliways']],
    [
      ['degrees', null, 'type'],
      ['Bachelor of Science', 'Master of Science'],
    ],
    [['nationalities', 1], ['Betelgeusian']],
    [['nationalities', 2], []],
    [['nationalities', 'x'], []],
    [['first_name', null], []],
    [['toString'], []],
  ])('%j selects %j', (path, values) => {
    expect(valuesAt(identity.claims, path)).toEqual(values)
  })
})

const ask = (change: object): CredentialQuery =>
  DcqlQuery.parse({
    credentials: [{ id: 'a', format: 'dc+sd-jwt', meta: {}, ...change }],
  }).credentials[0]!

describe('matchCredential', () => {
  test('wants every claim when there are no claim sets', () => {
    const claims = [{ path: ['last_name'] }, { path: ['address', 'locality'] }]
    expect(matchCredential(ask({ claims }), identity)).toEqual([
      ['last_name'],
      ['address', 'locality'],
    ])
    expect(
      matchCredential(ask({ claims: [...claims, { path: ['age'] }] }), identity),
    ).toBeUndefined()
  })

  test('takes the first claim set that can be met', () => {
    const claims = [
      { id: 'x', path: ['age'] },
      { id: 'y', path: ['last_name'] },
      { id: 'z', path: ['first_name'] },
    ]
    const query = ask({ claims, claim_sets: [['x'], ['y'], ['z']] })
    expect(matchCredential(query, identity)).toEqual([['last_name']])
  })

  test.each([
    ['a value that fits', { claims: [{ path: ['last_name'], values: ['Roe', 'Doe'] }] }, true],
    ['another value', { claims: [{ path: ['last_name'], values: ['Roe'] }] }, false],
    [
      'a value of another type',
      { claims: [{ path: ['address', 'postal_code'], values: [12345] }] },
      false,
    ],
    ['another format', { format: 'jwt_vc_json' }, false],
    ['its type', { meta: { vct_values: [identity.claims['vct']] } }, true],
    ['another type', { meta: { vct_values: ['https://other.example/type'] } }, false],
    ['certain authorities', { trusted_authorities: [{ type: 'aki', values: ['x'] }] }, false],
  ])('%s: %j', (_, change, fits) => {
    expect(matchCredential(ask(change), identity) !== undefined).toBe(fits)
  })

  test.each([
    [[['TrainingCertificateCredential']], true],
    [
      [
        [
          'https://www.w3.org/2018/credentials#VerifiableCredential',
          'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential',
        ],
      ],
      true,
    ],
    [[['https://w3id.org/livret/v1#TrainingCertificateCredential']], true],
    [[['OpenBadgeCredential', 'IDCredential'], ['TrainingCertificateCredential']], true],
    [[['OpenBadgeCredential', 'IDCredential']], false],
  ])('knows types by name and address: %j', (alternatives, fits) => {
    const type = ['VerifiableCredential', 'OpenBadgeCredential', 'TrainingCertificateCredential']
    const query = ask({ format: 'jwt_vc_json', meta: { type_values: alternatives } })
    const found = matchCredential(query, { format: 'jwt_vc_json', claims: { type } })
    expect(found !== undefined).toBe(fits)
  })
})

describe('credential sets', () => {
  const query = DcqlQuery.parse({
    credentials: ['pid', 'other', 'nice'].map((id) => ({
      id,
      format: 'dc+sd-jwt',
      meta: { vct_values: [id] },
    })),
    credential_sets: [{ options: [['pid'], ['other']] }, { options: [['nice']], required: false }],
  })
  const of = (vct: string): ClaimSource => ({ format: 'dc+sd-jwt', claims: { vct } })

  test('are answered by the first option that can be met, and no more', () => {
    const ids = (held: ClaimSource[]) => selectCredentials(query, held)?.map((each) => each.query)
    expect(ids([of('other'), of('pid'), of('nice')])).toEqual(['pid'])
    expect(ids([of('other'), of('nice')])).toEqual(['other'])
    expect(ids([of('nice')])).toBeUndefined()
  })

  test.each([
    ['the first option', { pid: [of('pid')] }, undefined],
    ['with what is optional', { pid: [of('pid')], nice: [of('nice')] }, undefined],
    ['only what is optional', { nice: [of('nice')] }, 'not all that is needed is there'],
    ['something unasked', { pid: [of('pid')], more: [of('x')] }, 'more: nobody asked for it'],
    ['two for one', { pid: [of('pid'), of('pid')] }, 'pid: expected one credential'],
    [
      'another in its place',
      { pid: [of('nice')] },
      'pid: the credential is not what was asked for',
    ],
  ])('%s', (_, answer, problem) => {
    expect(checkAnswer(query, answer)).toBe(problem)
  })
})

describe('a query is refused', () => {
  const base = { id: 'a', format: 'dc+sd-jwt', meta: {} }
  test.each([
    ['without credentials', { credentials: [] }],
    ['without meta', { credentials: [{ id: 'a', format: 'dc+sd-jwt' }] }],
    ['with a strange id', { credentials: [{ ...base, id: 'a b' }] }],
    ['with an id twice', { credentials: [base, base] }],
    ['with claim sets but no claims', { credentials: [{ ...base, claim_sets: [['x']] }] }],
    [
      'with a set of nothing known',
      { credentials: [base], credential_sets: [{ options: [['b']] }] },
    ],
    ['with an empty path', { credentials: [{ ...base, claims: [{ path: [] }] }] }],
    ['with a negative index', { credentials: [{ ...base, claims: [{ path: [-1] }] }] }],
  ])('%s', (_, query) => {
    expect(DcqlQuery.safeParse(query).success).toBe(false)
  })
})

const examples = '../shared/data/oid4vc-examples/vp/query_lang'
describe.skipIf(!existsSync(examples))('the queries of OpenID4VP 1.0', () => {
  test.each(existsSync(examples) ? readdirSync(examples) : [])('%s is read', (file) => {
    const query: unknown = JSON.parse(readFileSync(`${examples}/${file}`, 'utf8'))
    expect(DcqlQuery.safeParse(query).error).toBeUndefined()
  })
})
