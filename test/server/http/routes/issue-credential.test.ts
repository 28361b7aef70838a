import { decodeCredential, livretContext, readStatusEntries } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CredentialAnswer } from '../../../../server/http/answers.ts'
import {
  certificate,
  startServer,
  type TestIssuer,
  type TestServer,
} from '../../../support/server.ts'
import { expectVcalm, hasVcalm } from '../../../support/vcalm.ts'

let server: TestServer
let greta: TestIssuer
beforeAll(async () => {
  server = await startServer()
  greta = await server.readyIssuer('greta')
})
afterAll(() => server.stop())

const issue = (change: object = {}, options?: object) =>
  server.post('/credentials/issue', {
    credential: certificate(greta.did, change),
    ...(options && { options }),
  })

describe('POST /credentials/issue', () => {
  test('signs what the caller sent, and adds what only the server knows', async () => {
    const { status, json, headers } = await issue()
    expect(status).toBe(201)
    expect(headers.get('cache-control')).toBe('no-store')

    const { verifiableCredential } = CredentialAnswer.parse(json)
    const text = String(verifiableCredential['id']).replace('data:application/vc+jwt,', '')
    const { format, issuer, credential, kid } = decodeCredential(text)
    expect({ format, issuer }).toEqual({ format: 'vc+jwt', issuer: greta.did })
    expect(kid).toMatch(`${greta.did}#`)
    expect(credential.id).toMatch(/^urn:uuid:/)
    expect(credential.issuer).toMatchObject({ id: greta.did, name: 'Greta des Calanques' })
    expect(Date.parse(credential.validFrom!)).toBeGreaterThan(0)
    expect([credential['@context']].flat().at(-1)).toEqual(livretContext)

    const locator = headers.get('location')!.slice(`${server.baseUrl}/credentials/`.length)
    expect(locator).toMatch(/^[\w-]{43}$/)
    expect(credential['receipt']).toBe(`${server.baseUrl}/credentials/${locator}/receipt`)
    const { bitstrings, onChain } = readStatusEntries(credential.credentialStatus!)
    expect(bitstrings.map(({ url }) => url)).toEqual([
      `${server.baseUrl}/issuers/greta/status/1/revocation`,
      `${server.baseUrl}/issuers/greta/status/1/suspension`,
    ])
    expect(onChain).toEqual({ list: 1n, index: bitstrings[0]!.index })
  })

  test.skipIf(!hasVcalm)('answers as VCALM says (skipped without ../shared)', async () => {
    const { json } = await issue()
    expectVcalm('VerifiableCredentialResponse', json)
    expectVcalm('EnvelopedVerifiableCredential', CredentialAnswer.parse(json).verifiableCredential)
  })

  test('keeps id, dates and contexts of the caller', async () => {
    const given = {
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      id: 'https://greta.example/certificates/1',
      validFrom: '2026-01-01T00:00:00+01:00',
      validUntil: '2036-01-01T00:00:00+01:00',
    }
    const { text } = await server.issue(certificate(greta.did, given))
    const { credential } = decodeCredential(text)
    expect(credential).toMatchObject({
      id: given.id,
      validFrom: given.validFrom,
      validUntil: given.validUntil,
    })
    expect(credential['@context']).toEqual([...given['@context'], livretContext])
  })

  test('takes the issuer by slug from the options, and the id', async () => {
    const credential = certificate(greta.did, { issuer: undefined })
    const options = {
      issuer: 'greta',
      credentialId: 'urn:uuid:5c4d2b8a-0000-4000-8000-000000000001',
    }
    const { text } = await server.issue(credential, options)
    const decoded = decodeCredential(text)
    expect(decoded.issuer).toBe(greta.did)
    expect(decoded.credential.id).toBe(options.credentialId)
  })

  test('signs jwt_vc_json, too, as another credential of the same award', async () => {
    const id = 'urn:uuid:5c4d2b8a-0000-4000-8000-000000000002'
    const first = await server.issue(certificate(greta.did, { id }))
    const second = await server.issue(certificate(greta.did, { id }), { format: 'jwt_vc_json' })
    expect(second.envelope.id).toMatch('data:application/jwt,')
    const decoded = decodeCredential(second.text)
    expect(decoded.format).toBe('jwt_vc_json')
    expect(decoded.credential.id).toBe(id)
    expect(decoded.credential.credentialStatus).not.toEqual(
      decodeCredential(first.text).credential.credentialStatus,
    )
  })

  test('signs for an issuer with an EdDSA key', async () => {
    const { json } = await server.post('/issuers', {
      slug: 'eddsa',
      name: 'Lycée',
      algorithm: 'EdDSA',
    })
    const issuer = json as TestIssuer
    await server.confirm(issuer)
    await server.desk.accredit(issuer.account, 'attest', 'TrainingCertificate')
    await server.desk.settle()
    const { text } = await server.issue(certificate(issuer.did))
    expect(decodeCredential(text).algorithm).toBe('EdDSA')
  })

  test('refuses an award that was issued in this format', async () => {
    const id = 'urn:uuid:5c4d2b8a-0000-4000-8000-000000000003'
    await issue({ id })
    const { status, json } = await issue({ id })
    expect(status).toBe(409)
    expect(json).toMatchObject({ type: 'urn:problem:CREDENTIAL_EXISTS' })
  })

  const subject = certificate('').credentialSubject
  test.each([
    ['no type', { type: undefined }, 'type'],
    ['a type without VerifiableCredential', { type: ['OpenBadgeCredential'] }, 'type'],
    ['an id that is no URL', { id: 'one' }, 'id'],
    ['an id that is no text', { id: 7 }, 'id'],
    ['a date without zone', { validFrom: '2026-01-01T00:00:00' }, 'validFrom'],
    ['a date that does not exist', { validUntil: '2026-02-30T00:00:00Z' }, 'validUntil'],
    ['an end before the beginning', { validUntil: '2001-01-01T00:00:00Z' }, 'validUntil'],
    ['no subject', { credentialSubject: undefined }, 'credentialSubject'],
    ['an empty subject', { credentialSubject: {} }, 'credentialSubject'],
    [
      'an achievement without name',
      {
        credentialSubject: { ...subject, achievement: { ...subject.achievement, name: undefined } },
      },
      'credentialSubject.0.achievement.name',
    ],
    [
      'a result that contradicts its description',
      {
        credentialSubject: {
          ...subject,
          result: [{ type: ['Result'], resultDescription: 'urn:x', value: '3' }],
        },
      },
      'result.0',
    ],
    [
      'a context that is not known',
      { '@context': ['https://www.w3.org/ns/credentials/v2', 'https://evil.example/v1'] },
      '@context',
    ],
    [
      'an inline context of its own',
      {
        '@context': ['https://www.w3.org/ns/credentials/v2', { name: 'https://evil.example#name' }],
      },
      '@context',
    ],
    [
      'another first context',
      { '@context': ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'] },
      '@context',
    ],
    [
      'a status that the server keeps',
      { credentialStatus: { type: 'OnChainStatusEntry' } },
      'credentialStatus',
    ],
    ['a proof', { proof: { type: 'DataIntegrityProof' } }, 'proof'],
    ['a receipt link', { receipt: 'https://evil.example' }, 'receipt'],
    ['a member that is a JWT claim', { nbf: 1 }, 'nbf'],
    [
      'an issuer who is another one than the options say',
      { issuer: 'did:web:evil.example' },
      'issuer',
    ],
  ])('refuses %s', async (_, change, member) => {
    const { status, json } = await issue(change, { issuer: 'greta' })
    expect(status).toBe(400)
    expect(json).toMatchObject({ type: 'urn:problem:INPUT_INVALID' })
    expect((json as { problems: string[] }).problems).toContainEqual(
      expect.stringMatching(`^${member.replaceAll('.', '\\.')}: `),
    )
  })

  test.each([
    ['no credential', {}, 'credential'],
    ['a credential that is a list', { credential: [] }, 'credential'],
    ['a credential that is a token', { credential: 'eyJ' }, 'credential'],
    ['a member nobody asked for', { credential: {}, template: 'x' }, 'request'],
    [
      'an option nobody asked for',
      { credential: {}, options: { mandatoryPointers: [] } },
      'options',
    ],
    [
      'a format that it cannot sign',
      { credential: {}, options: { format: 'mso_mdoc' } },
      'options.format',
    ],
    ['no issuer', { credential: {} }, 'issuer'],
    ['an issuer that is a number', { credential: { issuer: 7 } }, 'issuer'],
  ])('refuses a request with %s', async (_, request, member) => {
    const { status, json } = await server.post('/credentials/issue', request)
    expect(status).toBe(400)
    expect((json as { problems: string[] }).problems).toContainEqual(
      expect.stringMatching(`^${member}: `),
    )
  })

  test('refuses two ids that differ', async () => {
    const { status } = await issue({ id: 'urn:one' }, { credentialId: 'urn:two' })
    expect(status).toBe(400)
  })

  test('refuses an alignment whose certification it cannot read', async () => {
    const alignment = [
      {
        type: ['Alignment'],
        targetName: 'x',
        targetUrl: 'https://x.example',
        targetFramework: 'RNCP',
      },
    ]
    const achievement = { ...subject.achievement, alignment }
    const { status, json } = await issue({ credentialSubject: { ...subject, achievement } })
    expect(status).toBe(400)
    expect(json).toMatchObject({ type: 'urn:problem:TOKEN_INVALID' })
  })

  test('knows no issuer that is not here', async () => {
    const { status, json } = await issue({ issuer: 'did:web:elsewhere.example' })
    expect(status).toBe(404)
    expect(json).toMatchObject({ type: 'urn:problem:ISSUER_UNKNOWN' })
  })
})
