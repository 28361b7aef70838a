import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { toBase64url } from '../../../sdk/lib/base64url.ts'
import { Credential, credentialsV1, credentialsV2 } from '../../../sdk/model/credential.ts'
import { Did } from '../../../sdk/model/primitives.ts'
import { publishedDigests } from '../../../sdk/model/published-digests.ts'
import { plainCredential } from '../../support/issuer.ts'

const issuer = Did.parse('did:web:greta.example')

/** Where the problems are; none if it is a credential. */
const problemsOf = (change: object) =>
  Credential.safeParse(plainCredential(issuer, change)).error?.issues.map(({ path }) => path[0]) ??
  []

describe('Credential', () => {
  test.each<[string, object]>([
    [
      'contexts at addresses and inline',
      { '@context': [credentialsV2, 'https://a.example/v1', {}] },
    ],
    ['an id', { id: 'urn:uuid:1' }],
    ['a subject that is nothing but its id', { credentialSubject: { id: 'did:example:ada' } }],
    ['several subjects', { credentialSubject: [{ id: 'did:example:a' }, { id: 'did:example:b' }] }],
    [
      'VerifiableCredential behind other types',
      { type: ['https://a.example/#A', 'VerifiableCredential'] },
    ],
    [
      'an issuer in several languages',
      { issuer: { id: issuer, name: [{ '@value': 'x', '@language': 'fr' }] } },
    ],
    [
      'a name with language and direction',
      { name: { '@value': 'x', '@language': 'ar', '@direction': 'rtl' } },
    ],
    ['milliseconds', { validFrom: '2026-01-01T00:00:00.123Z' }],
    ['a zone offset', { validUntil: '2036-01-01T00:00:00-05:00' }],
    [
      'an end that is the beginning',
      { validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-01-01T01:00:00+01:00' },
    ],
    ['a status of any type', { credentialStatus: { type: 'Other' } }],
    [
      'several schemas',
      {
        credentialSchema: [
          { id: 'u:1', type: 'A' },
          { id: 'u:2', type: 'A' },
        ],
      },
    ],
  ])('may have %s', (_, change) => {
    expect(problemsOf(change)).toEqual([])
  })

  test.each<[string, string, unknown]>([
    ['no context', '@context', undefined],
    ['another context first', '@context', ['https://a.example/v1', credentialsV2]],
    ['the context of VCDM 1.1 only', '@context', [credentialsV1]],
    ['a context that is a number', '@context', [credentialsV2, 7]],
    ['a context that is no URL', '@context', [credentialsV2, 'https ://a.example']],
    ['an id that is null', 'id', null],
    ['two ids', 'id', ['u:1', 'u:2']],
    ['an id that is no URL', 'id', 'https ://a.example'],
    ['no type', 'type', undefined],
    ['a type without VerifiableCredential', 'type', ['Diploma']],
    ['no issuer', 'issuer', undefined],
    ['an issuer that is null', 'issuer', null],
    ['an issuer that is no URL', 'issuer', 'greta'],
    ['an issuer whose id is null', 'issuer', { id: null }],
    [
      'an issuer whose name says more',
      'issuer',
      { id: issuer, name: { '@value': 'x', url: 'u:1' } },
    ],
    ['an issuer described by a number', 'issuer', { id: issuer, description: 7 }],
    ['no subject', 'credentialSubject', undefined],
    ['an empty subject', 'credentialSubject', {}],
    ['an empty subject beside another', 'credentialSubject', [{ id: 'did:example:a' }, {}]],
    ['no subjects', 'credentialSubject', []],
    ['a subject with two ids', 'credentialSubject', { id: ['u:1', 'u:2'] }],
    ['a name that says more', 'name', { '@value': 'x', '@language': 'en', url: 'u:1' }],
    ['a name in no language', 'name', { '@value': 'x', '@language': 'not a language' }],
    ['a description that goes up', 'description', { '@value': 'x', '@direction': 'up' }],
    ['a date without time', 'validFrom', '2026-01-01'],
    ['a date without zone', 'validFrom', '2026-01-01T00:00:00'],
    ['a date that does not exist', 'validUntil', '2036-02-30T00:00:00Z'],
    ['an end before the beginning', 'validUntil', '2001-01-01T00:00:00Z'],
    ['a status without type', 'credentialStatus', { id: 'u:1' }],
    ['a status whose type is a number', 'credentialStatus', { type: 2 }],
    ['a status with two ids', 'credentialStatus', { id: ['u:1', 'u:2'], type: 'A' }],
    ['a status whose id is no URL', 'credentialStatus', { id: 'one', type: 'A' }],
    ['a schema without id', 'credentialSchema', { type: 'A' }],
    ['a schema without type', 'credentialSchema', { id: 'u:1' }],
    ['an evidence without type', 'evidence', {}],
    ['terms of use without type', 'termsOfUse', { id: 'u:1' }],
    ['a refresh service without type', 'refreshService', { id: 'u:1' }],
  ])('never has %s', (_, member, value) => {
    expect(problemsOf({ [member]: value })).toContain(member)
  })
})

describe('relatedResource', () => {
  const somewhere = 'https://a.example/picture.png'
  const digest = (algorithm: string) => createHash(algorithm).update('picture').digest()
  const sri = (algorithm: string) => `${algorithm}-${digest(algorithm).toString('base64')}`
  const multibase = (bytes: Uint8Array) => `u${toBase64url(bytes)}`
  /** Of the W3C's base context, as the Candidate Recommendation had it. */
  const candidate = {
    digestSRI: 'sha384-NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg',
    digestMultibase: 'uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k',
  }

  test.each<[string, unknown]>([
    ['SHA-256', { id: somewhere, digestSRI: sri('sha256') }],
    ['SHA-512 with an option', { id: somewhere, digestSRI: `${sri('sha512')}?x` }],
    ['two hashes', { id: somewhere, digestSRI: `${sri('sha256')} ${sri('sha384')}` }],
    ['a bare digest', { id: somewhere, digestMultibase: multibase(digest('sha256')) }],
    [
      'a multihash',
      {
        id: somewhere,
        digestMultibase: multibase(Uint8Array.from([0x12, 32, ...digest('sha256')])),
      },
    ],
    ['a digest in base58', { id: somewhere, digestMultibase: `z${'2'.repeat(44)}` }],
    ['a known document', { id: credentialsV2, mediaType: 'application/ld+json', ...candidate }],
    [
      'several',
      [
        { id: somewhere, digestSRI: sri('sha256') },
        { id: credentialsV2, ...candidate },
      ],
    ],
  ])('may have %s', (_, relatedResource) => {
    expect(problemsOf({ relatedResource })).toEqual([])
  })

  test.each<[string, unknown]>([
    ['texts', [somewhere]],
    ['nothing', []],
    ['no id', { digestSRI: sri('sha256') }],
    ['an id that is no URL', { id: 'picture', digestSRI: sri('sha256') }],
    ['no digest', { id: somewhere }],
    [
      'an id twice',
      [
        { id: somewhere, digestSRI: sri('sha256') },
        { id: somewhere, digestSRI: sri('sha384') },
      ],
    ],
    [
      'a hash nobody should use',
      { id: somewhere, digestSRI: `md5-${digest('md5').toString('base64')}` },
    ],
    [
      'a digest of another length',
      { id: somewhere, digestSRI: sri('sha256').replace('256', '384') },
    ],
    ['base64url in SRI', { id: somewhere, digestSRI: `sha384-${'_'.repeat(64)}` }],
    [
      'no multibase',
      { id: somewhere, digestMultibase: digest('sha256').toString('base64url').slice(1) },
    ],
    ['too short a digest', { id: somewhere, digestMultibase: 'uAAAA' }],
    ['a good and a bad digest', { id: somewhere, digestSRI: `${sri('sha256')} sha1-x` }],
    ['another document than the known one', { id: credentialsV2, digestSRI: sri('sha384') }],
    [
      'a wrong digest of a known document beside a right one',
      { id: credentialsV2, ...candidate, digestMultibase: multibase(digest('sha256')) },
    ],
  ])('never has %s', (_, relatedResource) => {
    expect(problemsOf({ relatedResource })).toContain('relatedResource')
  })

  test.each([
    [credentialsV2, 'credentials-v2.jsonld'],
    [credentialsV1, 'credentials-v1.jsonld'],
  ])('knows the digests of %s (skipped without ../shared)', (url, name) => {
    const file = new URL(`../../../../shared/data/w3c/${name}`, import.meta.url)
    if (!existsSync(file)) return
    const bytes = readFileSync(file)
    for (const algorithm of ['sha256', 'sha384', 'sha512']) {
      const hex = createHash(algorithm).update(bytes).digest('hex')
      expect(publishedDigests.get(url)).toContain(hex)
    }
  })
})
