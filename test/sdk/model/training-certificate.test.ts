import { existsSync, readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { decodeCredential } from '../../../sdk/formats/decode.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import { livretContext, unknownContexts } from '../../../sdk/model/contexts.ts'
import { readOpenBadge } from '../../../sdk/model/open-badge.ts'
import { Did } from '../../../sdk/model/primitives.ts'
import { scopesOf } from '../../../sdk/model/scopes-of.ts'
import { readStatusEntries, statusEntries } from '../../../sdk/model/status-entry.ts'
import { buildTrainingCertificate } from '../../../sdk/model/training-certificate.ts'
import type { TrainingCertificateInput } from '../../../sdk/model/training-certificate-input.ts'
import { wholeCertificate } from '../../support/certificate.ts'
import { newParty } from '../../support/issuer.ts'

const issuer = newParty()
const holder = Did.parse('did:example:ada')
const whole = wholeCertificate(issuer.did, holder)
const least: TrainingCertificateInput = {
  issuer: { id: issuer.did, name: 'Greta' },
  holder: { id: holder },
  title: 'Premiers secours',
  description: 'Porter secours.',
  criteria: 'Avoir suivi la journée.',
  completedOn: '2026-02-27',
}
const url = 'https://region.example/issuers/greta/status/7'
const credentialStatus = statusEntries({ url, list: 7n, index: 94_567 })
const frame = {
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  validFrom: '2026-03-01T00:00:00Z',
}

describe('buildTrainingCertificate', () => {
  const certificate = buildTrainingCertificate(whole, { ...frame, credentialStatus })

  test('makes an Open Badge of our own type, our context last', () => {
    expect(certificate.type).toEqual([
      'VerifiableCredential',
      'OpenBadgeCredential',
      'TrainingCertificateCredential',
    ])
    expect(certificate['@context']).toEqual([
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      livretContext,
    ])
  })

  test('makes alignments of RNCP, blocks, RS, ROME and ESCO', () => {
    const { alignment = [] } = certificate.credentialSubject.achievement
    expect(alignment).toMatchObject([
      {
        targetCode: 'RNCP34079',
        targetUrl: 'https://www.francecompetences.fr/recherche/rncp/34079/',
      },
      { targetCode: 'RNCP34079BC01', targetName: 'Bloc 1' },
      { targetCode: 'RS5000', targetUrl: 'https://www.francecompetences.fr/recherche/rs/5000/' },
      { targetCode: 'N1101', targetType: 'ext:Occupation' },
      { targetCode: '123456', targetType: 'ceasn:Competency' },
      { targetFramework: 'ESCO v1.2.0', targetType: 'ceasn:Competency' },
    ])
  })

  test('gives every result its description, the EQF level first', () => {
    const { result = [], achievement } = certificate.credentialSubject
    const described = result.map(({ resultDescription, value }) => {
      const description = achievement.resultDescription?.find(({ id }) => id === resultDescription)
      return [description?.name, description?.resultType, value]
    })
    expect(described).toEqual([
      ['EQF level', 'ext:EQFLevel', '3'],
      ['Épreuve pratique', 'RawScore', '15.5'],
      ['Mention', 'PerformanceLevel', 'Bien'],
      ['Appréciation', 'Result', 'Travail soigné'],
    ])
  })

  test('keeps the hours as an evidence that programs can read', () => {
    expect(certificate.evidence?.[0]).toEqual({
      type: ['Evidence'],
      name: 'Hours attended',
      genre: 'TrainingHours',
      narrative: 'PT35H',
    })
  })

  test('leaves out what was not given', () => {
    const bare = buildTrainingCertificate(least, frame)
    expect(bare).not.toHaveProperty('evidence')
    expect(bare).not.toHaveProperty('credentialStatus')
    expect(bare.credentialSubject).not.toHaveProperty('result')
    expect(bare.credentialSubject).not.toHaveProperty('identifier')
    expect(bare.credentialSubject).not.toHaveProperty('activityStartDate')
    expect(bare.credentialSubject.achievement).not.toHaveProperty('alignment')
    expect(JSON.stringify(bare)).not.toContain('undefined')
  })

  test.each([
    ['whole', whole, ['TrainingCertificate/RNCP34079', 'TrainingCertificate/RS5000']],
    ['least', least, ['TrainingCertificate']],
  ])('%s: comes back from signing as it was, and consistent', async (_, input, scopes) => {
    const made = buildTrainingCertificate(input, { ...frame, credentialStatus })
    const { credential } = decodeCredential(await signVcJwt(made, issuer.signer))
    expect(credential.credentialSubject).toEqual([made.credentialSubject])
    expect(unknownContexts(credential['@context'])).toEqual([])
    expect(readOpenBadge(credential)).toMatchObject({ violations: [], inconsistencies: [] })
    expect(scopesOf(credential)).toEqual(scopes)
    expect(readStatusEntries(credential.credentialStatus ?? [])).toMatchObject({
      onChain: { list: 7n, index: 94_567 },
      unknown: [],
    })
  })

  test.each<[string, object, string]>([
    ['a holder that is no DID', { holder: { id: 'ada' } }, 'holder.id'],
    ['no title', { title: ' ' }, 'title'],
    ['a member that nobody asked for', { grade: 'A' }, 'grade'],
    ['a day that does not exist', { completedOn: '2026-02-30' }, 'completedOn'],
    ['an end before its start', { startedOn: '2026-03-01' }, 'completedOn'],
    ['no hours', { hours: 0 }, 'hours'],
    ['hours that are no number', { hours: Number.NaN }, 'hours'],
    ['EQF level 9', { eqfLevel: 9 }, 'eqfLevel'],
    [
      'an RNCP number with a zero before it',
      { certifications: [{ code: 'RNCP034079', title: 'x' }] },
      'certifications.0.code',
    ],
    [
      'a block of no certification',
      { certifications: [{ code: 'RS5', title: 'x', blocks: [{ code: 'BC01', title: 'x' }] }] },
      'certifications.0.blocks.0.code',
    ],
    [
      'another framework as ESCO',
      { esco: [{ uri: 'http://evil.example/skill/1', title: 'x' }] },
      'esco.0.uri',
    ],
    ['a value out of range', { results: [{ name: 'x', value: '21', max: 20 }] }, 'results.0'],
    [
      'a value that is no number of a range',
      { results: [{ name: 'x', value: 'good', max: 20 }] },
      'results.0',
    ],
    [
      'a value none of those allowed',
      { results: [{ name: 'x', value: 'C', allowed: ['A', 'B'] }] },
      'results.0',
    ],
    [
      'a SIRET of 13 digits',
      { issuer: { ...least.issuer, siret: '7328293200007' } },
      'issuer.siret',
    ],
    [
      'a script as evidence',
      { evidence: [{ name: 'x', url: 'javascript:alert(1)' }] },
      'evidence.0.url',
    ],
  ])('refuses %s', (_, change, member) => {
    const input = { ...least, ...change }
    expect(() => buildTrainingCertificate(input, frame)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: expect.stringContaining(member) as string,
      }),
    )
  })
})

const data = new URL('../../../../shared/data/', import.meta.url)
const schemaOf = (path: string) =>
  JSON.parse(readFileSync(new URL(path, data), 'utf8')) as Record<string, unknown>

describe.skipIf(!existsSync(data))('held against the schemas of the standards', () => {
  const options = { strict: false }
  const inputs = [
    ['whole', whole],
    ['least', least],
  ] as const

  test.each(inputs)('%s: the W3C schema for VCDM 2.0', (_, input) => {
    const ajv = addFormats.default(new Ajv2020(options))
    const validate = ajv.compile(schemaOf('w3c/vc-schema.json'))
    validate(buildTrainingCertificate(input, { ...frame, credentialStatus }))
    expect(validate.errors).toBeNull()
  })

  // Open Badges 3.0 allows one status; VCDM 2.0 allows the three that we need.
  test.each(inputs)('%s: the Open Badges 3.0 schema, with each status alone', (_, input) => {
    const schema = schemaOf('ob/ob3-achievementcredential-schema.patched.json')
    delete schema['$schema'] // With its closing #, ajv does not know its own dialect.
    const validate = addFormats.default(new Ajv2019(options)).compile(schema)
    for (const status of [undefined, ...credentialStatus]) {
      const certificate = { ...buildTrainingCertificate(input, frame), credentialStatus: status }
      validate(JSON.parse(JSON.stringify(certificate)))
      expect(validate.errors).toBeNull()
    }
  })
})
