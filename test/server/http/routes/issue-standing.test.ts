import { afterAll, beforeAll, describe, expect, test } from 'vitest'

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

describe('POST /credentials/issue, by standing', () => {
  const refusal = async (issuer: TestIssuer, change: object = {}) => {
    await server.forget()
    const { status, json } = await server.post('/credentials/issue', {
      credential: certificate(issuer.did, change),
    })
    return { status, ...(json as { type: string; title: string }) }
  }
  const notAccredited = { status: 409, type: 'urn:problem:NOT_ACCREDITED' }
  const notReady = { status: 409, type: 'urn:problem:ISSUER_NOT_READY' }

  test('refuses an issuer that nobody has confirmed', async () => {
    expect(await refusal(await server.newIssuer('unconfirmed'))).toMatchObject(notReady)
  })

  test('refuses an issuer whose key is not registered yet', async () => {
    const issuer = await server.newIssuer('keyless')
    await server.confirm(issuer)
    await server.desk.accredit(issuer.account, 'attest', 'TrainingCertificate')
    expect(await refusal(issuer)).toMatchObject(notReady)
  })

  test('refuses an issuer that nobody has accredited', async () => {
    const issuer = await server.newIssuer('unaccredited')
    await server.confirm(issuer)
    await server.desk.settle()
    expect(await refusal(issuer)).toMatchObject(notAccredited)
  })

  test('does not refuse who was accredited a moment ago for what was seen before', async () => {
    const issuer = await server.newIssuer('hasty')
    await server.confirm(issuer)
    await server.desk.settle()
    expect(await refusal(issuer)).toMatchObject(notAccredited)
    await server.desk.accredit(issuer.account, 'attest', 'TrainingCertificate')
    const credential = certificate(issuer.did)
    expect((await server.post('/credentials/issue', { credential })).status).toBe(201)
  })

  test('refuses a certification beyond the scope, naming it', async () => {
    const issuer = await server.readyIssuer('narrow', 'TrainingCertificate/RNCP34079')
    const aligned = (targetCode: string) => {
      const { credentialSubject } = certificate(issuer.did)
      const alignment = [
        { type: ['Alignment'], targetName: 'x', targetUrl: 'https://x.example', targetCode },
      ]
      return {
        credentialSubject: {
          ...credentialSubject,
          achievement: { ...credentialSubject.achievement, alignment },
        },
      }
    }
    const refused = await refusal(issuer, aligned('RNCP36788'))
    expect(refused).toMatchObject(notAccredited)
    expect(refused.title).toContain('TrainingCertificate/RNCP36788')
    expect((await refusal(issuer)).title).toContain('TrainingCertificate:')
    expect(await refusal(issuer, aligned('RNCP34079'))).toMatchObject({ status: 201 })
  })

  test('refuses another kind of credential', async () => {
    const type = ['VerifiableCredential', 'OpenBadgeCredential', 'SkillProfileCredential']
    expect(await refusal(greta, { type })).toMatchObject(notAccredited)
  })

  test('refuses from a withdrawal on', async () => {
    const issuer = await server.readyIssuer('withdrawn')
    await server.desk.withdraw(issuer.account, 'attest', 'TrainingCertificate')
    const refused = await refusal(issuer)
    expect(refused).toMatchObject(notAccredited)
    expect(refused.title).toContain('withdrawn')
  })

  test('refuses what could not be anchored before an announced end', async () => {
    const issuer = await server.readyIssuer('ending')
    const { block } = await server.desk.chain.final.view()
    const lag = Math.floor(server.desk.now().getTime() / 1000) - block.timestamp
    await server.desk.withdraw(issuer.account, 'attest', 'TrainingCertificate', {
      inSeconds: lag + 120,
    })
    const refused = await refusal(issuer)
    expect(refused).toMatchObject(notAccredited)
    expect(refused.title).toContain('within')
  })
})
