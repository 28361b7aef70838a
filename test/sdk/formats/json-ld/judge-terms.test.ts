import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { judgeTerms } from '../../../../sdk/formats/json-ld/judge-terms.ts'
import { livretContext, openBadgeContexts } from '../../../../sdk/model/contexts.ts'
import { Did } from '../../../../sdk/model/primitives.ts'
import { statusEntries } from '../../../../sdk/model/status-entry.ts'
import { buildTrainingCertificate } from '../../../../sdk/model/training-certificate.ts'
import { wholeCertificate } from '../../../support/certificate.ts'
import { plainCredential } from '../../../support/issuer.ts'

const issuer = Did.parse('did:web:greta.example')
const holder = Did.parse('did:example:ada')
const [v2] = openBadgeContexts
const defined = { kind: 'defined' }

const credential = (change: object = {}) => plainCredential(issuer, change)

/** A certificate as it is signed: with its status, and the link to its receipt. */
const certificate = (change: object = {}) => ({
  ...buildTrainingCertificate(wholeCertificate(issuer, holder), {
    id: 'urn:uuid:6c4c7e5e-2c9d-4c2f-8f6f-1d2e3f4a5b6c',
    validFrom: '2026-03-01T00:00:00Z',
  }),
  credentialStatus: statusEntries({ url: 'https://greta.example/7', list: 7n, index: 5 }),
  receipt: 'https://greta.example/receipt',
  ...change,
})

describe('judgeTerms', () => {
  test.each<[string, object]>([
    ['the smallest credential', {}],
    ['a type that is an address', { type: ['VerifiableCredential', 'https://a.example/#Diploma'] }],
    [
      'a type that an inline context defines',
      {
        '@context': [v2, { Diploma: 'https://a.example/#Diploma' }],
        type: ['VerifiableCredential', 'Diploma'],
      },
    ],
    [
      'whatever the context of the W3C’s examples covers',
      { '@context': [v2, 'https://www.w3.org/ns/credentials/examples/v2'], anything: 'x' },
    ],
    [
      'terms that are said to have no definition',
      { '@context': [v2, 'https://www.w3.org/ns/credentials/undefined-terms/v2'], anything: 'x' },
    ],
    ['a text in a language', { name: { '@value': 'x', '@language': 'fr', '@direction': 'ltr' } }],
    ['claims of its JWT', { iss: issuer, iat: 1, exp: 2 }],
  ])('finds a meaning for %s', async (_, change) => {
    for (let i = 0; i < 2; i++) expect(await judgeTerms(credential(change))).toEqual(defined)
  })

  test.each<[string, object, RegExp]>([
    ['a term', { diploma: 'x' }, /diploma/],
    ['a term of the subject', { credentialSubject: { diploma: 'x' } }, /diploma/],
    ['a type', { type: ['VerifiableCredential', 'Diploma'] }, /Diploma/],
    ['a type inside', { evidence: { type: 'Picture' } }, /Picture/],
    ['an id that is relative', { credentialSubject: { id: 'ada' } }, /ada/],
    [
      'a type that is defined as no address',
      {
        '@context': [v2, { Diploma: 'https ://a.example' }],
        type: ['VerifiableCredential', 'Diploma'],
      },
      /./,
    ],
    [
      'a protected term that is redefined',
      { '@context': [v2, { VerifiableCredential: 'https://a.example/#Other' }] },
      /protected term redefinition/,
    ],
    [
      'a term that an inline context protects, redefined by the next',
      {
        '@context': [
          v2,
          { '@protected': true, Diploma: 'https://a.example/#1' },
          { Diploma: 'https://a.example/#2' },
        ],
      },
      /protected term redefinition/,
    ],
    ['a text with more than language and direction', { name: { '@value': 'x', url: 'u:x' } }, /./],
    ['a context that is a number', { '@context': [v2, 7] }, /./],
    [
      'an entry of a status list under another name',
      { statusEntry: { type: 'BitstringStatusListEntry', statusListIndex: true } },
      /statusEntry/,
    ],
  ])('finds none for %s, however often', async (_, change, problem) => {
    for (let i = 0; i < 2; i++) {
      const judgement = await judgeTerms(credential(change))
      expect(judgement.kind).toBe('undefined')
      expect(judgement).toHaveProperty('problem', expect.stringMatching(problem))
    }
  })

  test.each<[string, unknown]>([
    ['at an address', 'https://a.example/v1'],
    ['that an inline one imports', { '@import': 'https://a.example/v1' }],
    ['inside an inline one', { x: { '@id': 'https://a.example/x', '@context': 'urn:ctx' } }],
  ])('says nothing where a context is unknown: %s', async (_, context) => {
    const judgement = await judgeTerms(credential({ '@context': [v2, context], x: { a: 1 } }))
    expect(judgement.kind).toBe('unknown')
  })

  test('finds a meaning for every term of a whole certificate of ours', async () => {
    expect(await judgeTerms(certificate())).toEqual(defined)
  })

  test('asks JSON-LD once for credentials of one build', async () => {
    await judgeTerms(certificate())
    const other = certificate({ name: 'Soudure', id: 'urn:uuid:1' })
    expect(judgeTerms(other)).toEqual(defined) // No promise: nothing had to be done.
    const turned = {
      ...other,
      '@context': [...openBadgeContexts.slice(0, 2), { ...livretContext }],
    }
    expect(judgeTerms(turned)).toEqual(defined)
  })

  test.each<[string, (good: Record<string, unknown>) => object]>([
    ['a term more', (good) => ({ ...good, diploma: 'x' })],
    ['a type more', ({ type, ...good }) => ({ ...good, type: [...(type as string[]), 'Diploma'] })],
    ['an id that is no address', (good) => ({ ...good, id: 'me' })],
    ['another keyword', (good) => ({ ...good, name: { '@value': 'x', '@language': 7 } })],
    [
      'a context inside',
      ({ credentialSubject, ...good }) => ({
        ...good,
        credentialSubject: {
          ...(credentialSubject as object),
          '@context': { name: 'relative/name' },
        },
      }),
    ],
    [
      'a term where another type has it',
      (good) => ({ ...good, evidence: { type: 'Evidence', encodedList: 'x' } }),
    ],
  ])('does not take for known what has %s', async (_, change) => {
    await judgeTerms(certificate())
    expect(await judgeTerms(change(certificate()) as Record<string, unknown>)).toMatchObject({
      kind: 'undefined',
    })
  })

  const samples = ['sample-complete.json', 'sample-simple.json', 'sample-endorsement-valid.json']
  const folder = new URL('../../../../../shared/data/ob/', import.meta.url)
  test.each(samples)(
    'finds a meaning for 1EdTech’s %s (skipped without ../shared)',
    async (name) => {
      let text: string
      try {
        text = readFileSync(new URL(name, folder), 'utf8')
      } catch {
        return
      }
      const sample = JSON.parse(text) as Record<string, unknown>
      expect(await judgeTerms(sample)).toEqual(defined)
    },
  )
})
