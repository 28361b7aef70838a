import { digestOf, readCredential, signLdpPresentation } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CredentialVerificationAnswer,
  PresentationVerificationAnswer,
} from '../../../../server/http/answers.ts'
import { newKeyParty } from '../../../support/digital-bazaar.ts'
import {
  certificate,
  startServer,
  type TestIssuer,
  type TestServer,
} from '../../../support/server.ts'
import { expectVcalm, hasVcalm } from '../../../support/vcalm.ts'

type Members = Record<string, unknown>

const holder = newKeyParty()
const open = { authorization: '' }

let server: TestServer
let greta: TestIssuer
let issued: { status: number; credential: Members; locator: string }
beforeAll(async () => {
  server = await startServer()
  greta = await server.readyIssuer('greta', 'TrainingCertificate', 'EdDSA')
  issued = await issue(greta)
  await server.settle()
})
afterAll(() => server.stop())

async function issue(issuer: TestIssuer) {
  const { credentialSubject, ...rest } = certificate(issuer.did)
  const credential = { ...rest, credentialSubject: { ...credentialSubject, id: holder.did } }
  const options = { format: 'ldp_vc' }
  const { status, json, headers } = await server.post('/credentials/issue', { credential, options })
  const { verifiableCredential = {} } = json as { verifiableCredential?: Members }
  const locator = headers.get('location')?.split('/').at(-1) ?? ''
  return { status, credential: verifiableCredential, locator }
}

describe('POST /credentials/issue with the format ldp_vc', () => {
  test('hands out the credential with its proof in it, and again', async () => {
    expect(issued).toMatchObject({
      status: 201,
      credential: {
        issuer: { id: greta.did },
        proof: { cryptosuite: 'eddsa-rdfc-2022', proofPurpose: 'assertionMethod' },
      },
    })
    const again = await server.get(`/credentials/${issued.locator}`)
    expect(again.json).toEqual({ verifiableCredential: issued.credential })
  })

  test('refuses an issuer that signs with another algorithm, and says so', async () => {
    const p256 = await server.readyIssuer('p256')
    const { credentialSubject, ...rest } = certificate(p256.did)
    const { status, json } = await server.post('/credentials/issue', {
      credential: { ...rest, credentialSubject },
      options: { format: 'ldp_vc' },
    })
    expect(status).toBe(400)
    expect((json as { title: string }).title).toContain('needs an issuer that signs EdDSA')
  })
})

describe('POST /credentials/verify of an ldp_vc', () => {
  const verify = async (verifiableCredential: unknown, options?: object) => {
    const body = { verifiableCredential, ...(options && { options }) }
    return server.post('/credentials/verify', body, open)
  }

  test('finds it valid, with the receipt that the server finds by its digest', async () => {
    const { status, json } = await verify(issued.credential, { returnResults: true })
    expect(status).toBe(200)
    const { verified, report } = CredentialVerificationAnswer.parse(json)
    expect(verified).toBe(true)
    expect(report).toMatchObject({ format: 'ldp_vc' })
    expect(JSON.stringify(report)).toContain('"ANCHORED"')
    const decoded = await readCredential(JSON.stringify(issued.credential))
    expect(digestOf(decoded)).toHaveLength(32)
  })

  test('finds a changed one invalid', async () => {
    const { status, json } = await verify({ ...issued.credential, name: 'Soudure, niveau 5' })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      verified: false,
      problemDetails: expect.arrayContaining([
        expect.objectContaining({ title: 'signature failed: SIGNATURE_INVALID' }),
      ]) as unknown,
    })
  })

  test.each([
    ['a proof that cannot be read', { proof: { type: 'DataIntegrityProof' } }],
    ['no type', { type: undefined }],
    [
      'another context',
      { '@context': ['https://www.w3.org/ns/credentials/v2', 'https://a.example'] },
    ],
  ])('answers 400 for %s', async (_, change) => {
    const { status, json } = await verify({ ...issued.credential, ...change })
    expect(status).toBe(400)
    expect(json).toMatchObject({ type: 'urn:problem:TOKEN_INVALID' })
  })

  test('answers 400 for what has neither proof nor envelope', async () => {
    expect((await verify({ ...issued.credential, proof: undefined })).status).toBe(400)
  })
})

describe('POST /presentations/verify of an ldp_vp', () => {
  const asked = { challenge: 'c-1', domain: 'employer.example' }
  const present = async () => {
    const now = Math.floor(server.desk.now().getTime() / 1000)
    const text = await signLdpPresentation(
      {
        holder: holder.did,
        credentials: [JSON.stringify(issued.credential)],
        ...{ ...asked, signedAt: now, expiresAt: now + 300 },
      },
      holder.signer,
    )
    return JSON.parse(text) as Members & { proof: Members }
  }
  const verify = async (verifiablePresentation: unknown, options: object = asked) => {
    const body = { verifiablePresentation, options }
    return server.post('/presentations/verify', body, open)
  }

  test('finds presentation and credential valid', async () => {
    const { status, json } = await verify(await present())
    expect(status).toBe(200)
    expect(PresentationVerificationAnswer.parse(json)).toMatchObject({
      verified: true,
      results: {
        presentation: { challenge: { verified: true }, domain: { verified: true } },
        credentials: [{ verified: true }],
      },
    })
  })

  test.skipIf(!hasVcalm)('answers in the form of VCALM', async () => {
    const { json } = await verify(await present())
    expectVcalm('VerifyPresentationResponse', json)
  })

  test.each([
    ['another challenge', { challenge: 'c-2' }, 'CHALLENGE_MISMATCH'],
    ['another domain', { domain: 'elsewhere.example' }, 'DOMAIN_MISMATCH'],
  ])('finds one for %s invalid', async (_, change, code) => {
    const { json } = await verify(await present(), { ...asked, ...change })
    expect(json).toMatchObject({ verified: false })
    expect(JSON.stringify(json)).toContain(code)
  })

  test('answers 400 for a proof that cannot be read', async () => {
    const presentation = await present()
    const proof = { ...presentation.proof, proofValue: 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh' }
    expect((await verify({ ...presentation, proof })).status).toBe(400)
  })
})
