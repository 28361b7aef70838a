import { decodeCredential, livretContext } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestIssuer, type TestServer } from '../../../support/server.ts'

const v2 = 'https://www.w3.org/ns/credentials/v2'

let server: TestServer
let ministry: TestIssuer
beforeAll(async () => {
  server = await startServer()
  ministry = await server.readyIssuer('ministry', '')
})
afterAll(() => server.stop())

/** A credential of no kind that Livret knows. */
const plain = (change: object = {}) => ({
  '@context': [v2],
  type: ['VerifiableCredential'],
  issuer: ministry.did,
  credentialSubject: { id: 'did:example:ada' },
  ...change,
})

describe('POST /credentials/issue, for any credential', () => {
  test('answers with an envelope whose context is a list', async () => {
    const { envelope } = await server.issue(plain())
    expect(envelope).toMatchObject({ '@context': [v2], type: 'EnvelopedVerifiableCredential' })
  })

  test('signs the issuer as the caller names it, not by its profile', async () => {
    const { text } = await server.issue(plain())
    expect(decodeCredential(text).credential.issuer).toEqual({ id: ministry.did })
    const named = await server.issue(plain({ issuer: { id: ministry.did, name: 'Ministère' } }))
    expect(decodeCredential(named.text).credential.issuer).toEqual({
      id: ministry.did,
      name: 'Ministère',
    })
    const options = { issuer: 'ministry' }
    const unnamed = await server.issue(plain({ issuer: { name: 'Ministère' } }), options)
    expect(decodeCredential(unnamed.text).issuer).toBe(ministry.did)
  })

  test('keeps the caller’s inline contexts, and puts its own last', async () => {
    const own = { Diploma: 'https://a.example/#Diploma' }
    const change = { '@context': [v2, own], type: ['VerifiableCredential', 'Diploma'] }
    const { text } = await server.issue(plain(change))
    const { credential } = decodeCredential(text)
    expect(credential['@context']).toEqual([v2, own, livretContext])
    expect(credential.type).toEqual(change.type)
  })

  test('does not name its own context twice', async () => {
    const own = { Diploma: 'https://a.example/#Diploma' }
    for (const contexts of [
      [v2, livretContext],
      [v2, livretContext, own],
    ]) {
      const { text } = await server.issue(plain({ '@context': contexts }))
      expect(decodeCredential(text).credential['@context']).toEqual(contexts)
    }
  })

  test('adds its places of status to those that the caller names', async () => {
    const own = { Blacklist: 'https://a.example/#Blacklist' }
    const { text } = await server.issue(
      plain({ '@context': [v2, own], credentialStatus: { type: 'Blacklist' } }),
    )
    const { credentialStatus = [] } = decodeCredential(text).credential
    expect(credentialStatus.flatMap(({ type }) => type)).toEqual([
      'Blacklist',
      'BitstringStatusListEntry',
      'BitstringStatusListEntry',
      'OnChainStatusEntry',
    ])
  })

  test('signs nothing that the accreditation does not cover for sure', async () => {
    const school = await server.readyIssuer('school', 'Diploma')
    const diploma = {
      '@context': [v2, { Diploma: 'https://a.example/#Diploma' }],
      type: ['VerifiableCredential', 'Diploma'],
      issuer: school.did,
    }
    for (const change of [diploma, { ...diploma, type: ['VerifiableCredential', 'u:Diploma'] }]) {
      const { status, json } = await server.post('/credentials/issue', {
        credential: plain(change),
      })
      expect(status).toBe(409)
      expect(json).toMatchObject({ type: 'urn:problem:NOT_ACCREDITED' })
    }
  })

  test.each<[string, object, string]>([
    ['a term without meaning', { diploma: 'x' }, '@context'],
    ['a type without meaning', { type: ['VerifiableCredential', 'Diploma'] }, '@context'],
    ['a term of the profile of an Open Badge', { issuer: { type: ['Profile'] } }, '@context'],
    ['a context that is not known', { '@context': [v2, 'https://a.example/v1'] }, '@context'],
    [
      'a protected term that is redefined',
      { '@context': [v2, { VerifiableCredential: 'https://a.example/#Other' }] },
      '@context',
    ],
    [
      'a term of ours that is protected with another meaning',
      { '@context': [v2, { '@protected': true, receipt: 'https://a.example/#receipt' }] },
      '@context',
    ],
    ['a subject whose id is no URL', { credentialSubject: { id: 'ada' } }, 'credentialSubject'],
    ['a digest that is not that of the document', wrongDigest(), 'relatedResource'],
    ['an issuer that is no DID', { issuer: 'fake-issuer' }, 'issuer'],
    ['an issuer that is null', { issuer: null }, 'issuer'],
    ['an issuer whose id is null', { issuer: { id: null } }, 'issuer'],
    ['a name that says more than a text', { name: { '@value': 'x', url: 'u:x' } }, 'name'],
  ])('refuses %s', async (_, change, member) => {
    const { status, json } = await server.post('/credentials/issue', {
      credential: plain(change),
      options: { issuer: 'ministry' },
    })
    expect(status).toBe(400)
    expect((json as { problems: string[] }).problems).toContainEqual(
      expect.stringMatching(`^${member}`),
    )
  })
})

function wrongDigest() {
  return { relatedResource: { id: v2, digestMultibase: `u${'A'.repeat(43)}` } }
}
