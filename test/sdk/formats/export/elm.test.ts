import { existsSync, readFileSync } from 'node:fs'
import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { elmContext, toElm } from '../../../../sdk/formats/export/elm.ts'
import { bundledContexts } from '../../../../sdk/formats/json-ld/bundled-contexts.ts'
import { Credential } from '../../../../sdk/model/credential.ts'
import { Did } from '../../../../sdk/model/primitives.ts'
import { buildTrainingCertificate } from '../../../../sdk/model/training-certificate.ts'
import { wholeCertificate } from '../../../support/certificate.ts'
import { foreignBadge } from '../../../support/elsewhere.ts'

const issuer = Did.parse('did:web:greta.example')
const whole = Credential.parse(
  buildTrainingCertificate(wholeCertificate(issuer, Did.parse('did:example:ada')), {
    id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
    validFrom: '2026-03-01T00:00:00Z',
    validUntil: '2036-03-01T00:00:00Z',
  }),
)
const least = Credential.parse(foreignBadge('https://badges.example/issuers/1'))

describe('toElm', () => {
  const made = toElm(whole)
  const claim = made.credentialSubject.hasClaim

  test('makes a European Digital Credential of its generic profile', () => {
    expect(made).toMatchObject({
      '@context': ['https://www.w3.org/2018/credentials/v1', elmContext],
      type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
      credentialSchema: { type: 'ShaclValidator2017' },
      issuanceDate: '2026-03-01T00:00:00Z',
      expirationDate: '2036-03-01T00:00:00Z',
      displayParameter: { primaryLanguage: { prefLabel: { fr: 'français', en: 'French' } } },
    })
  })

  test('names the organisation with its numbers', () => {
    expect(made.issuer).toMatchObject({
      id: issuer,
      type: 'Organisation',
      legalName: { fr: 'Greta des Calanques' },
      registration: { notation: '73282932000074', type: 'LegalIdentifier' },
      identifier: [
        { schemeName: 'NDA', notation: '93131234513' },
        { schemeName: 'UAI', notation: '0131234A' },
      ],
      homepage: { contentURL: 'https://greta.example' },
    })
    expect(claim.awardedBy.awardingBody).toBe(made.issuer)
  })

  test('makes a qualification of what has an EQF level and stands in a register', () => {
    expect(claim.specifiedBy).toMatchObject({
      type: 'Qualification',
      eqfLevel: { id: 'http://data.europa.eu/snb/eqf/3' },
      identifier: [
        { schemeName: 'RNCP', notation: 'RNCP34079' },
        { notation: 'RNCP34079BC01' },
        { schemeName: 'RS', notation: 'RS5000' },
      ],
    })
  })

  test('makes learning outcomes of skills', () => {
    const outcomes = claim.specifiedBy.learningOutcome ?? []
    expect(outcomes).toMatchObject([
      { relatedSkill: [{ inScheme: { id: 'urn:framework:ROME%204.0' } }] },
      { relatedESCOSkill: [{ id: expect.stringContaining('/esco/skill/') as string }] },
    ])
  })

  test('keeps grades, dates and hours', () => {
    expect(claim).toMatchObject({
      influencedBy: { workload: 'PT35H', temporal: { type: 'PeriodOfTime' } },
      provenBy: expect.arrayContaining([
        expect.objectContaining({ type: 'LearningAssessment' }),
      ]) as object[],
    })
    const grades = 'provenBy' in claim ? claim.provenBy : []
    expect(grades.map(({ title }) => title['fr'])).not.toContain('EQF level')
  })

  test('names the person only in plain words', () => {
    expect(made.credentialSubject).toMatchObject({ id: 'did:example:ada', type: 'Person' })
    const hashed = { type: 'IdentityObject', identityType: 'name', hashed: true, identityHash: 'x' }
    const [subject] = whole.credentialSubject
    const hidden = { ...whole, credentialSubject: [{ ...subject, identifier: [hashed] }] }
    expect(toElm(hidden).credentialSubject).not.toHaveProperty('fullName')
  })

  test('takes a badge of another platform, in the language that it is told', () => {
    const { hasClaim } = toElm(least, { language: 'en' }).credentialSubject
    expect(hasClaim).toMatchObject({
      title: { en: 'Teamwork' },
      specifiedBy: { type: 'LearningAchievementSpecification' },
    })
    expect(hasClaim).not.toHaveProperty('influencedBy')
  })

  test.each([
    ['no Open Badge', { type: ['VerifiableCredential'] }, 'type'],
    ['no id', { id: undefined }, 'id'],
    [
      'two persons',
      { credentialSubject: [...least.credentialSubject, ...least.credentialSubject] },
      'one only',
    ],
  ])('refuses %s', (_, change, problem) => {
    expect(() => toElm({ ...least, ...change })).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: expect.stringContaining(problem) as string,
      }),
    )
  })
})

const context = new URL('../../../../../shared/data/elm/edc-ap-context.jsonld', import.meta.url)
describe.skipIf(!existsSync(context))('held against the context of Europass', () => {
  test.each([
    ['whole', whole],
    ['least', least],
  ])('%s: every term has a meaning', async (_, credential) => {
    const bundled = await bundledContexts()
    const documentLoader = (url: string) => {
      const document =
        url === elmContext
          ? (JSON.parse(readFileSync(context, 'utf8')) as object)
          : bundled.get(url)
      if (document === undefined) throw new Error(`not brought along: ${url}`)
      return Promise.resolve({ contextUrl: null, documentUrl: url, document })
    }
    const expanded = await jsonld.expand(toElm(credential), {
      safe: true,
      base: null,
      documentLoader,
    })
    expect(expanded).toHaveLength(1)
  })
})
