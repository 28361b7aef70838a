import { existsSync, readFileSync } from 'node:fs'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileSchemas, openEnvelope, type JsonObject } from '#sdk'
import { IssuedAnswer } from '../../../../server/http/answers.ts'
import { newParty } from '../../../support/issuer.ts'
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

const ada = newParty()
const issue = (change: object = {}) => {
  const { credentialSubject, ...rest } = certificate(greta.did)
  const credential = {
    ...rest,
    credentialSubject: { ...credentialSubject, id: ada.did },
    ...change,
  }
  return server.post('/credentials/issue', { credential, options: { format: 'ob3-strict' } })
}
async function issued(): Promise<string> {
  const { json } = await issue()
  const { verifiableCredential } = IssuedAnswer.parse(json)
  const [secured] = [verifiableCredential].flat()
  return openEnvelope(String(secured?.['id'])) ?? ''
}
async function verdictOf(verifiableCredential: string): Promise<string> {
  const body = { verifiableCredential, options: { returnResults: true } }
  const { json } = await server.post('/credentials/verify', body)
  return (json as { report: { verdict: string } }).report.verdict
}

describe('format: ob3-strict', () => {
  test('is the JWT form of Open Badges 3.0, anchored, valid and revocable', async () => {
    const text = await issued()
    expect(Object.keys(decodeProtectedHeader(text)).sort()).toEqual(['alg', 'kid', 'typ'])
    await server.settle()
    expect(await verdictOf(text)).toBe('valid')

    const { jti: credentialId } = decodeJwt(text)
    const credentialStatus = { statusPurpose: 'revocation' }
    await server.post('/credentials/status', { credentialId, credentialStatus, status: true })
    await server.settle()
    expect(await verdictOf(text)).toBe('invalid')
  })

  const file = new URL(
    '../../../../../shared/data/ob/ob3-achievementcredential-schema.patched.json',
    import.meta.url,
  )
  test.skipIf(!existsSync(file))('keeps the schema of 1EdTech, as it is', async () => {
    const schema = JSON.parse(readFileSync(file, 'utf8')) as JsonObject
    const schemas = await compileSchemas({ badge: schema })
    expect(schemas.get('badge')?.(decodeJwt(await issued()) as JsonObject)).toEqual([])
  })

  test.each([
    [
      'what is no Open Badge',
      { type: ['VerifiableCredential', 'TrainingCertificateCredential'] },
      'type',
    ],
    ['a badge without a name', { name: undefined }, 'name'],
  ])('refuses %s', async (_, change, member) => {
    const { status, json } = await issue(change)
    expect([status, JSON.stringify(json)]).toEqual([400, expect.stringContaining(member)])
  })
})
