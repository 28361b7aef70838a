import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issuerIdOf, jwkThumbprint } from '#sdk'
import { DidDocumentAnswer, IssuerAnswer, IssuersAnswer } from '../../../../server/http/answers.ts'
import { startServer, type TestServer } from '../../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const greta = {
  slug: 'greta',
  name: 'Greta des Calanques',
  siret: '73282932000074',
  profile: { url: 'https://greta.example', address: { locality: 'Marseille', countryCode: 'FR' } },
}

describe('POST /issuers', () => {
  test('makes an issuer with a DID, a key and an account, and says what it lacks', async () => {
    const { status, headers, json } = await server.post('/issuers', greta)
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`${server.baseUrl}/issuers/greta`)

    const issuer = IssuerAnswer.parse(json)
    const { host } = new URL(server.baseUrl)
    expect(issuer.did).toBe(`did:web:${encodeURIComponent(host)}:issuers:greta`)
    expect(issuer.issuerId).toBe(issuerIdOf(issuer.did))
    expect(issuer.keys).toHaveLength(1)
    expect(issuer.keys[0]!.thumbprint).toBe(jwkThumbprint(issuer.keys[0]!.publicJwk))
    expect(issuer.profile).toMatchObject({
      id: issuer.did,
      type: ['Profile'],
      name: 'Greta des Calanques',
      url: 'https://greta.example',
      address: { addressLocality: 'Marseille', addressCountryCode: 'FR' },
      otherIdentifier: [{ identifier: '73282932000074', identifierType: 'ext:SIRET' }],
    })
    expect(issuer.chains).toMatchObject([
      { isReachable: true, isConfirmed: false, isKeyRegistered: false, isOperatorNamed: false },
    ])
    expect(issuer.chains[0]!.missing).toHaveLength(4)
  })

  test('asks for the chains to be reconciled', async () => {
    server.asked.length = 0
    await server.newIssuer('soon')
    expect(server.asked).toEqual([`reconcile ${server.desk.pin.chainId}`])
  })

  test('never makes a slug twice', async () => {
    await server.newIssuer('twice')
    const { status, json } = await server.post('/issuers', { slug: 'twice', name: 'Another' })
    expect(status).toBe(409)
    expect(json).toMatchObject({ type: 'urn:problem:ISSUER_EXISTS' })
  })

  test.each([
    ['no slug', { slug: undefined }, 'slug'],
    ['a slug with capitals', { slug: 'Greta' }, 'slug'],
    ['a slug that ends with a dash', { slug: 'greta-' }, 'slug'],
    ['a slug beyond 63 characters', { slug: 'a'.repeat(64) }, 'slug'],
    ['a name that is no text', { name: 7 }, 'name'],
    ['an empty name', { name: ' ' }, 'name'],
    ['a SIRET with a wrong check digit', { siret: '73282932000075' }, 'siret'],
    ['a profile with a member nobody asked for', { profile: { motto: 'x' } }, 'profile'],
    ['an address without country', { profile: { address: {} } }, 'profile.address.countryCode'],
    ['an algorithm that it cannot sign with', { algorithm: 'RS256' }, 'algorithm'],
    ['a member nobody asked for', { owner: 'me' }, 'issuer'],
  ])('refuses %s', async (_, change, member) => {
    const { status, json } = await server.post('/issuers', { ...greta, slug: 'new', ...change })
    expect(status).toBe(400)
    expect(json).toMatchObject({
      type: 'urn:problem:INPUT_INVALID',
      problems: [expect.stringMatching(`^${member}: `)],
    })
  })
})

describe('GET /issuers', () => {
  test('lists them, for everybody', async () => {
    const { did } = await server.newIssuer('listed')
    const { status, json } = await server.get('/issuers', { authorization: '' })
    expect(status).toBe(200)
    const { issuers } = IssuersAnswer.parse(json)
    expect(issuers).toContainEqual(expect.objectContaining({ slug: 'listed', did }))
  })
})

describe('GET /issuers/{slug}', () => {
  test('shows step by step what the final block knows', async () => {
    const issuer = await server.newIssuer('steps')
    const look = async () => {
      await server.forget()
      const { json } = await server.get('/issuers/steps', { authorization: '' })
      return IssuerAnswer.parse(json).chains[0]!
    }
    await server.confirm(issuer)
    expect(await look()).toMatchObject({ isConfirmed: true, isKeyRegistered: false })

    await server.desk.settle()
    expect(await look()).toMatchObject({ isKeyRegistered: true, isOperatorNamed: true })
    expect((await look()).missing).toEqual([`${issuer.account} is accredited to attest`])

    await server.desk.accredit(issuer.account, 'attest', 'TrainingCertificate')
    expect(await look()).toMatchObject({
      accreditations: [{ scope: 'TrainingCertificate' }],
      missing: [],
    })
  })

  test('knows nobody else', async () => {
    const { status, json } = await server.get('/issuers/nobody')
    expect(status).toBe(404)
    expect(json).toMatchObject({ type: 'urn:problem:ISSUER_UNKNOWN' })
  })
})

describe('GET /issuers/{slug}/did.json', () => {
  test('serves the document of the DID, with keys named by thumbprint', async () => {
    const { did } = await server.newIssuer('document')
    const { status, headers, text } = await server.get('/issuers/document/did.json', {
      authorization: '',
    })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch('application/did+json')
    expect(headers.get('access-control-allow-origin')).toBe('*')

    const document = DidDocumentAnswer.parse(JSON.parse(text))
    expect(document.id).toBe(did)
    const [method, older] = document.verificationMethod
    expect(method).toMatchObject({ type: 'JsonWebKey', controller: did })
    expect(method!.id).toMatch(new RegExp(`^${did}#[\\w-]{43}$`))
    expect(older).toEqual({ ...method, id: `${method!.id}-2020`, type: 'JsonWebKey2020' })
    expect(document.assertionMethod).toEqual([method!.id, older!.id])
  })

  test('is a document of JSON-LD, too, for who prefers that', async () => {
    await server.newIssuer('linked')
    const accept = 'application/did+ld+json'
    const { headers, text } = await server.get('/issuers/linked/did.json', { accept })
    expect(headers.get('content-type')).toMatch(accept)
    expect(DidDocumentAnswer.parse(JSON.parse(text))['@context']).toEqual([
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/jwk/v1',
      'https://w3id.org/security/suites/jws-2020/v1',
    ])
  })

  test('holds no private key', async () => {
    const { text } = await server.get('/issuers/document/did.json')
    expect(text).not.toContain('"d":')
  })

  test('of nobody is not found', async () => {
    expect((await server.get('/issuers/nobody/did.json')).status).toBe(404)
  })
})
