import { decodeCredential, issuerIdOf, readStatusEntries } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StatusAnswer } from '../../../../server/http/answers.ts'
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

describe('POST /credentials/status', () => {
  const change = (
    credentialId: string,
    statusPurpose: string,
    status: boolean,
    entry: object = {},
  ) =>
    server.post('/credentials/status', {
      credentialId,
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose, ...entry },
      status,
    })

  test('revokes an award in all its formats, on chain', async () => {
    const id = 'urn:uuid:5c4d2b8a-0000-4000-8000-000000000005'
    const issued = [
      await server.issue(certificate(greta.did, { id })),
      await server.issue(certificate(greta.did, { id }), { format: 'jwt_vc_json' }),
    ]
    server.asked.length = 0
    const { status, json } = await change(id, 'revocation', true)
    expect(status).toBe(200)
    expect(StatusAnswer.parse(json)).toEqual({
      credentialId: id,
      revocation: true,
      suspension: false,
    })
    expect(server.asked).toEqual([`reconcile ${server.desk.pin.chainId}`])

    await server.settle()
    const view = await server.desk.chain.final.view()
    for (const { text, locator } of issued) {
      const { onChain, bitstrings } = readStatusEntries(
        decodeCredential(text).credential.credentialStatus!,
      )
      // A jwt_vc_json has room for one entry; the place on chain is the same.
      const { index } = onChain ?? bitstrings[0]!
      const word = await view.statusOf(issuerIdOf(greta.did), 1n, Math.floor(index / 256))
      expect((word.revoked >> BigInt(255 - (index % 256))) & 1n).toBe(1n)
      const state = await server.get(`/credentials/${locator}/state`)
      expect(state.json).toMatchObject({ status: { revocation: true } })
    }
  })

  test('suspends and reinstates', async () => {
    const { locator } = await server.issue(certificate(greta.did))
    expect((await change(locator, 'suspension', true)).json).toMatchObject({ suspension: true })
    await server.settle()
    expect((await change(locator, 'suspension', false)).json).toMatchObject({ suspension: false })
    await server.settle()
  })

  test('takes entry members that are true, and refuses those that are not', async () => {
    const { locator, text } = await server.issue(certificate(greta.did))
    const entry = decodeCredential(text).credential.credentialStatus![0]!
    const { statusListIndex, statusListCredential } = entry
    const ofEntry = { id: entry.id, statusListIndex, statusListCredential }
    expect((await change(locator, 'revocation', true, ofEntry)).status).toBe(200)
    const other = String((Number(statusListIndex) + 1) % 131_072)
    expect((await change(locator, 'revocation', true, { statusListIndex: other })).status).toBe(400)
    const list = String(statusListCredential).replace('/1/', '/2/')
    expect((await change(locator, 'revocation', true, { statusListCredential: list })).status).toBe(
      400,
    )
  })

  test('never undoes a revocation', async () => {
    const { locator } = await server.issue(certificate(greta.did))
    expect((await change(locator, 'revocation', false)).status).toBe(200)
    await change(locator, 'revocation', true)
    const { status, json } = await change(locator, 'revocation', false)
    expect(status).toBe(409)
    expect(json).toMatchObject({ type: 'urn:problem:REVOCATION_FINAL' })
  })

  test('knows no credential that was not issued here', async () => {
    const { status, json } = await change('urn:nothing', 'revocation', true)
    expect(status).toBe(404)
    expect(json).toMatchObject({ type: 'urn:problem:CREDENTIAL_UNKNOWN' })
  })

  test.skipIf(!hasVcalm)('takes the requests of VCALM (skipped without ../shared)', () => {
    expectVcalm('UpdateCredentialStatusRequest', {
      credentialId: 'urn:x',
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
      status: true,
    })
  })

  test.each([
    ['no id', { credentialId: undefined }, 'credentialId'],
    ['a status that is no boolean', { status: 'true' }, 'status'],
    [
      'a purpose that is not known',
      { credentialStatus: { statusPurpose: 'message' } },
      'credentialStatus.statusPurpose',
    ],
    [
      'an entry of another type',
      { credentialStatus: { type: 'X', statusPurpose: 'revocation' } },
      'credentialStatus.type',
    ],
    ['a member nobody asked for', { reason: 'fraud' }, 'request'],
  ])('refuses %s', async (_, change, member) => {
    const { status, json } = await server.post('/credentials/status', {
      credentialId: 'urn:x',
      credentialStatus: { statusPurpose: 'revocation' },
      status: true,
      ...change,
    })
    expect(status).toBe(400)
    expect((json as { problems: string[] }).problems).toContainEqual(
      expect.stringMatching(`^${member}: `),
    )
  })
})
