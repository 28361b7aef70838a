import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Did, type DidDocument } from '#sdk'
import { ownDidsFirst } from '../../../server/issuing/did-document.ts'
import { ownStatusListsFirst } from '../../../server/issuing/own-status-lists.ts'
import { certificate, startServer, type TestIssuer, type TestServer } from '../../support/server.ts'

let server: TestServer
let greta: TestIssuer
beforeAll(async () => {
  server = await startServer()
  greta = await server.readyIssuer('greta')
})
afterAll(() => server.stop())

describe('ownDidsFirst', () => {
  const elsewhere: string[] = []
  const document = { id: Did.parse('did:web:other.example') } as DidDocument
  const resolver = () =>
    ownDidsFirst(server.context, {
      now: () => 7,
      resolve: (did) => {
        elsewhere.push(did)
        return Promise.resolve(document)
      },
    })

  test('resolves the issuers of this server from its store', async () => {
    const found = await resolver().resolve(greta.did)
    expect(found.id).toBe(greta.did)
    expect(found.assertionMethod).toHaveLength(2)
    expect(elsewhere).toEqual([])
  })

  test('leaves all others to the other resolver', async () => {
    for (const did of ['did:web:other.example', `${greta.did}x`, 'did:jwk:e30']) {
      expect(await resolver().resolve(Did.parse(did))).toBe(document)
    }
    expect(elsewhere).toHaveLength(3)
    expect(resolver().now()).toBe(7)
  })
})

describe('ownStatusListsFirst', () => {
  const fetched: string[] = []
  const fetchList = () =>
    ownStatusListsFirst(server.context, (url) => {
      fetched.push(url)
      return Promise.resolve('another list')
    })

  test('makes lists of this server itself', async () => {
    await server.issue(certificate(greta.did))
    const url = `${server.baseUrl}/issuers/greta/status/1/revocation`
    const { text } = await server.get('/issuers/greta/status/1/revocation')
    expect(await fetchList()(url)).toBe(text)
    expect(fetched).toEqual([])
  })

  test.each([
    ['https://other.example/issuers/greta/status/1/revocation'],
    ['/issuers/greta/did.json'],
    ['/issuers/greta/status/1/message'],
    ['/issuers/greta/status/1'],
    ['/issuersgreta/status/1/revocation'],
  ])('leaves %s to the network', async (path) => {
    const url = path.startsWith('/') ? `${server.baseUrl}${path}` : path
    expect(await fetchList()(url)).toBe('another list')
    expect(fetched.at(-1)).toBe(url)
  })
})
