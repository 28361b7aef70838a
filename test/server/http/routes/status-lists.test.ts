import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import {
  decodeCredential,
  findVerificationKey,
  isEntrySet,
  readStatusEntries,
  readStatusList,
  type Credential,
} from '#sdk'
import { importVerifyKey } from '#crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDidResolver } from '#sdk'
import { listLifetime } from '../../../../server/issuing/status-list-credential.ts'
import {
  certificate,
  startServer,
  type TestIssuer,
  type TestServer,
} from '../../../support/server.ts'

let server: TestServer
let greta: TestIssuer
beforeAll(async () => {
  server = await startServer()
  greta = await server.readyIssuer('greta')
})
afterAll(() => server.stop())

/** The places of a new credential's status bits. */
async function issueOne() {
  const issued = await server.issue(certificate(greta.did))
  const { credential } = decodeCredential(issued.text)
  return { ...issued, bitstrings: readStatusEntries(credential.credentialStatus!).bitstrings }
}

const fetchList = async (url: string) => {
  const path = url.slice(server.baseUrl.length)
  const { status, headers, text } = await server.get(path, { authorization: '' })
  expect(status).toBe(200)
  return { headers, text, credential: decodeCredential(text).credential }
}

const wish = (credentialId: string, statusPurpose: string, status: boolean) =>
  server.post('/credentials/status', { credentialId, credentialStatus: { statusPurpose }, status })

const isSet = async (credential: Credential, index: number) =>
  isEntrySet((await readStatusList(credential)).bits, index)

describe('GET /issuers/{slug}/status/{list}/{purpose}', () => {
  test('serves a list that the issuer has signed, at the address that credentials name', async () => {
    const { bitstrings } = await issueOne()
    for (const { url, purpose } of bitstrings) {
      const { text, headers, credential } = await fetchList(url)
      expect(headers.get('content-type')).toMatch('application/vc+jwt')
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(credential).toMatchObject({ id: url, issuer: { id: greta.did } })

      const { kid, signingInput, signature } = decodeCredential(text)
      const resolver = createDidResolver({ allowLoopbackHttp: true })
      const key = await findVerificationKey(resolver, kid, greta.did, 'assertionMethod')
      expect(await importVerifyKey(key).verify(signingInput, signature)).toBe(true)
      expect(await readStatusList(credential)).toMatchObject({ purposes: [purpose] })
    }
  })

  test('names the final block that it was read at, and an end', async () => {
    const { bitstrings } = await issueOne()
    await server.forget()
    const { credential } = await fetchList(bitstrings[0]!.url)
    const { block } = await server.desk.chain.final.view()
    const { blocks } = await readStatusList(credential)
    expect(blocks).toEqual([{ chainId: block.chainId, number: block.number, hash: block.hash }])
    const end = Date.parse(credential.validUntil!) / 1000
    const now = server.desk.now().getTime() / 1000
    expect(end).toBeGreaterThan(now + listLifetime / 2)
    expect(end).toBeLessThanOrEqual(now + listLifetime)
  })

  test('sets a bit once the chain has it, and takes a suspension back', async () => {
    const { locator, bitstrings } = await issueOne()
    const [revocation, suspension] = bitstrings
    await wish(locator, 'suspension', true)
    await server.forget()
    expect(await isSet((await fetchList(suspension!.url)).credential, suspension!.index)).toBe(
      false,
    )

    await server.settle()
    expect(await isSet((await fetchList(suspension!.url)).credential, suspension!.index)).toBe(true)
    expect(await isSet((await fetchList(revocation!.url)).credential, revocation!.index)).toBe(
      false,
    )

    await wish(locator, 'suspension', false)
    await wish(locator, 'revocation', true)
    await server.settle()
    expect(await isSet((await fetchList(suspension!.url)).credential, suspension!.index)).toBe(
      false,
    )
    expect(await isSet((await fetchList(revocation!.url)).credential, revocation!.index)).toBe(true)
  })

  test('is the same text until words change, or half its life is over', async () => {
    const { bitstrings } = await issueOne()
    const { url } = bitstrings[0]!
    const first = await fetchList(url)
    await server.desk.mine()
    await server.forget()
    const second = await fetchList(url)
    expect(second.text).toBe(first.text)
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'))

    server.desk.wait(listLifetime / 2)
    expect((await fetchList(url)).text).not.toBe(first.text)
  })

  test('answers 304 to who has it already', async () => {
    const { bitstrings } = await issueOne()
    const { headers } = await fetchList(bitstrings[0]!.url)
    // `fetch` would add no-cache, and so ask for the whole.
    const call = request(bitstrings[0]!.url, { headers: { 'if-none-match': headers.get('etag')! } })
    const [response] = (await once(call.end(), 'response')) as [IncomingMessage]
    expect(response.resume().statusCode).toBe(304)
  })

  test.each([
    ['/issuers/nobody/status/1/revocation'],
    ['/issuers/greta/status/2/revocation'],
    ['/issuers/greta/status/0/revocation'],
    ['/issuers/greta/status/01/revocation'],
    ['/issuers/greta/status/one/revocation'],
    ['/issuers/greta/status/1/message'],
    ['/issuers/greta/status/99999999999999999999/revocation'],
  ])('knows no list at %s', async (path) => {
    await issueOne()
    const { status, json } = await server.get(path)
    expect(status).toBe(404)
    expect((json as { type: string }).type).toMatch(/ISSUER_UNKNOWN|STATUS_LIST_UNKNOWN/)
  })
})
