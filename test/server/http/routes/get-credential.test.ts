import { Receipt, receiptRoot } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AnchoringAnswer, CredentialAnswer, StateAnswer } from '../../../../server/http/answers.ts'
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

describe('GET /credentials/{credential}', () => {
  test('gives a credential out again, by id and by locator', async () => {
    const id = 'https://greta.example/certificates/again?n=1'
    const issued = await server.issue(certificate(greta.did, { id }))
    for (const name of [id, issued.locator]) {
      const { status, json } = await server.get(`/credentials/${encodeURIComponent(name)}`)
      expect(status).toBe(200)
      expect(CredentialAnswer.parse(json).verifiableCredential).toEqual(issued.envelope)
    }
  })

  test('gives the format out that is asked for', async () => {
    const id = 'urn:uuid:5c4d2b8a-0000-4000-8000-000000000004'
    await server.issue(certificate(greta.did, { id }))
    const legacy = await server.issue(certificate(greta.did, { id }), { format: 'jwt_vc_json' })
    const { json } = await server.get(`/credentials/${id}?format=jwt_vc_json`)
    expect(CredentialAnswer.parse(json).verifiableCredential).toEqual(legacy.envelope)
    expect((await server.get(`/credentials/${id}?format=ldp_vc`)).status).toBe(404)
    expect((await server.get(`/credentials/${id}?format=pdf`)).status).toBe(400)
  })

  test('knows no other', async () => {
    const { status, json } = await server.get('/credentials/urn:nothing')
    expect(status).toBe(404)
    expect(json).toMatchObject({ type: 'urn:problem:CREDENTIAL_UNKNOWN' })
  })

  test('wants the token', async () => {
    const { locator } = await server.issue(certificate(greta.did))
    expect((await server.get(`/credentials/${locator}`, { authorization: '' })).status).toBe(401)
  })
})

describe('GET /credentials/{locator}/receipt and /state', () => {
  test('follow a credential from signed to final', async () => {
    const { locator, text } = await server.issue(certificate(greta.did))
    const open = { authorization: '' }
    const pending = await server.get(`/credentials/${locator}/receipt`, open)
    expect(pending.status).toBe(202)
    expect(pending.headers.get('retry-after')).toBe('30')
    expect(AnchoringAnswer.parse(pending.json)).toEqual({ state: 'signed', chains: [] })

    await server.settle()
    const receipt = await server.get(`/credentials/${locator}/receipt`, open)
    expect(receipt.status).toBe(200)
    expect(receipt.headers.get('access-control-allow-origin')).toBe('*')
    const parsed = Receipt.parse(receipt.json)
    expect(receiptRoot(parsed, text)).toBe(parsed.root)

    const { json } = await server.get(`/credentials/${locator}/state`, open)
    expect(StateAnswer.parse(json)).toMatchObject({
      state: 'final',
      chains: [{ chainId: server.desk.pin.chainId, state: 'final' }],
      status: { revocation: false, suspension: false },
    })
  })

  test('say 410 of a credential that lapsed', async () => {
    const issuer = await server.readyIssuer('lapsing')
    const { locator } = await server.issue(certificate(issuer.did))
    await server.desk.withdraw(issuer.account, 'attest', 'TrainingCertificate')
    await server.settle()
    const { status, json } = await server.get(`/credentials/${locator}/receipt`)
    expect(status).toBe(410)
    expect(json).toMatchObject({ type: 'urn:problem:CREDENTIAL_LAPSED' })
    const state = await server.get(`/credentials/${locator}/state`)
    expect(StateAnswer.parse(state.json)).toMatchObject({ state: 'lapsed' })
  })

  test.each(['receipt', 'state'])('know no %s of a locator that was never made', async (what) => {
    const { status } = await server.get(`/credentials/${'A'.repeat(43)}/${what}`)
    expect(status).toBe(404)
  })
})
