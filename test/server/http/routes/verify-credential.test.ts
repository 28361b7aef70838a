import { Receipt, signVcJwt, type Report } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CredentialVerificationAnswer } from '../../../../server/http/answers.ts'
import { newParty, plainCredential, type Party } from '../../../support/issuer.ts'
import {
  certificate,
  startServer,
  type TestIssuer,
  type TestServer,
} from '../../../support/server.ts'
import { expectVcalm, hasVcalm } from '../../../support/vcalm.ts'

const holder: Party = newParty()
const open = { authorization: '' }

let server: TestServer
let greta: TestIssuer
let issued: Awaited<ReturnType<TestServer['issue']>>
beforeAll(async () => {
  server = await startServer()
  greta = await server.readyIssuer('greta')
  issued = await server.issue(held())
  await server.settle()
})
afterAll(() => server.stop())

/** A certificate of our holder. */
function held(change: object = {}) {
  const { credentialSubject, ...rest } = certificate(greta.did, change)
  return { ...rest, credentialSubject: { ...credentialSubject, id: holder.did } }
}

const verify = async (verifiableCredential: unknown, options?: object) => {
  const body = { verifiableCredential, ...(options && { options }) }
  const { status, json } = await server.post('/credentials/verify', body, open)
  expect(status).toBe(200)
  return CredentialVerificationAnswer.parse(json)
}

/** The token with another payload, its signature kept. */
function withPayload(text: string, change: (claims: Record<string, unknown>) => object): string {
  const [header, payload = '', signature] = text.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  const changed = Buffer.from(JSON.stringify(change(claims))).toString('base64url')
  return [header, changed, signature].join('.')
}

const emptyEnvelope = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: 'EnvelopedVerifiableCredential',
}
const examples = 'https://www.w3.org/ns/credentials/examples/v2'
const token = 'data:application/vc+jwt,eyJ.e30.AA'

describe('POST /credentials/verify', () => {
  test('finds a credential that was issued here valid, with nothing but the credential', async () => {
    expect(await verify(issued.envelope)).toEqual({ verified: true, problemDetails: [] })
    expect(await verify(issued.text)).toEqual({ verified: true, problemDetails: [] })
  })

  test('finds the jwt_vc_json form valid, too', async () => {
    const legacy = await server.issue(held(), { format: 'jwt_vc_json' })
    await server.settle()
    expect(await verify(legacy.envelope)).toMatchObject({ verified: true })
  })

  test('uses the receipt that the caller brings', async () => {
    const { json } = await server.get(`/credentials/${issued.locator}/receipt`)
    const receipt = Receipt.parse(json)
    expect(await verify(issued.text, { receipt })).toMatchObject({ verified: true })
    const other = { ...receipt, salt: `0x${'11'.repeat(32)}` }
    const { verified, problemDetails } = await verify(issued.text, { receipt: other })
    expect(verified).toBe(false)
    expect(problemDetails).toContainEqual(
      expect.objectContaining({ type: 'urn:livret:check:RECEIPT_MISMATCH' }),
    )
  })

  test('adds report and credential where they are asked for, and leaves problems out', async () => {
    const options = { returnResults: true, returnCredential: true, returnProblemDetails: false }
    const answer = await verify(issued.envelope, options)
    expect(answer).toMatchObject({ verified: true, verifiableCredential: issued.envelope })
    expect(answer.problemDetails).toBeUndefined()
    expect((answer.report as unknown as Report).checks.map(({ name }) => name)).toContain('anchor')
  })

  test('is not sure of one that is not anchored yet', async () => {
    const { envelope: fresh } = await server.issue(held())
    const { verified, problemDetails } = await verify(fresh)
    expect(verified).toBe(false)
    expect(problemDetails).toContainEqual(
      expect.objectContaining({ type: 'urn:livret:check:ANCHOR_PENDING' }),
    )
  })

  test('refuses a changed one by the type of VCDM 2.0', async () => {
    const { verified, problemDetails } = await verify(
      withPayload(issued.text, (claims) => ({ ...claims, name: 'Doctorat' })),
    )
    expect(verified).toBe(false)
    expect(problemDetails![0]).toMatchObject({
      type: 'https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR',
    })
  })

  test('refuses a revoked one', async () => {
    const revoked = await server.issue(held())
    await server.settle()
    await server.post('/credentials/status', {
      credentialId: revoked.locator,
      credentialStatus: { statusPurpose: 'revocation' },
      status: true,
    })
    await server.settle()
    const { verified, problemDetails } = await verify(revoked.envelope)
    expect(verified).toBe(false)
    expect(problemDetails).toContainEqual(
      expect.objectContaining({ type: 'urn:livret:check:REVOKED' }),
    )
  })

  test('does not verify what is no token', async () => {
    const { verified, problemDetails } = await verify('hello')
    expect(verified).toBe(false)
    expect(problemDetails![0]!.type).toBe('https://www.w3.org/TR/vc-data-model#PARSING_ERROR')
  })

  describe('with options.checks', () => {
    const decide = async (verifiableCredential: unknown, checks: string[], more: object = {}) => {
      const body = { verifiableCredential, options: { ...more, checks } }
      const { status, json } = await server.post('/credentials/verify', body, open)
      const { verified, problemDetails, report } = CredentialVerificationAnswer.parse(json)
      return { status, verified, problems: problemDetails?.map(({ type }) => type), report }
    }
    const changed = () => withPayload(issued.text, (claims) => ({ ...claims, name: 'Doctorat' }))

    test('answers 200 for a good proof, anchored or not', async () => {
      const { envelope: fresh } = await server.issue(held())
      for (const credential of [fresh, issued.envelope]) {
        const { status, verified, problems } = await decide(credential, ['proof'])
        expect({ status, verified, problems }).toEqual({
          status: 200,
          verified: true,
          problems: [],
        })
      }
    })

    test.each([
      ['changed', changed],
      ['no token', () => 'hello'],
    ])('answers 400 for what is %s, and says why', async (_, credential) => {
      const { status, verified, problems } = await decide(credential(), ['proof'])
      expect({ status, verified }).toEqual({ status: 400, verified: false })
      expect(problems).toHaveLength(1)
    })

    test('takes nothing for good without its proof', async () => {
      for (const name of ['schema', 'credentialStatus', 'validity', 'format']) {
        const answer = await decide(changed(), [name])
        expect(answer).toMatchObject({ status: 400, verified: false })
        expect(answer.problems).toContain(
          'https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR',
        )
      }
    })

    test('answers 400 for a signed credential whose terms mean nothing', async () => {
      const stranger = newParty()
      const text = await signVcJwt(plainCredential(stranger.did, { diploma: 'x' }), stranger.signer)
      expect(await decide(text, ['proof'])).toMatchObject({
        status: 400,
        problems: ['urn:livret:check:TERMS_UNDEFINED'],
      })
    })

    test('goes by the checks that are named, and reports all', async () => {
      const { envelope: fresh } = await server.issue(held())
      const both = await decide(fresh, ['proof', 'credentialStatus'], { returnResults: true })
      expect(both).toMatchObject({ status: 200, verified: true })
      expect(both.report!.verdict).toBe('undecided')
      const anchored = await decide(fresh, ['proof', 'anchor'])
      expect(anchored).toMatchObject({ status: 400, verified: false })
      expect(anchored.problems).toEqual(['urn:livret:check:ANCHOR_PENDING'])
    })
  })

  test('tells problems in French to who prefers it', async () => {
    const body = { verifiableCredential: 'hello' }
    const detailIn = async (language: string) => {
      const headers = { 'accept-language': language }
      const { json } = await server.post('/credentials/verify', body, headers)
      return CredentialVerificationAnswer.parse(json).problemDetails![0]!.detail
    }
    expect(await detailIn('fr-FR, en;q=0.5')).not.toBe(await detailIn('de, en;q=0.5'))
    expect(await detailIn('de')).toBe(await detailIn('en'))
  })

  test.skipIf(!hasVcalm)('answers as VCALM says (skipped without ../shared)', async () => {
    expectVcalm('VerifyCredentialResponse', await verify(issued.envelope))
    expectVcalm('VerifyCredentialResponse', await verify('hello'))
  })

  test.each([
    ['no credential', {}, 'verifiableCredential'],
    ['a credential that is a number', { verifiableCredential: 7 }, 'verifiableCredential'],
    ['a list', { verifiableCredential: [] }, 'verifiableCredential'],
    [
      'an empty envelope',
      { verifiableCredential: { ...emptyEnvelope } },
      'verifiableCredential.id',
    ],
    [
      'an envelope of a picture',
      { verifiableCredential: { ...emptyEnvelope, id: 'data:image/png,x' } },
      'verifiableCredential.id',
    ],
    [
      'an envelope without context',
      { verifiableCredential: { ...emptyEnvelope, '@context': [], id: token } },
      'verifiableCredential.@context',
    ],
    [
      'an envelope of another context',
      { verifiableCredential: { ...emptyEnvelope, '@context': examples, id: token } },
      'verifiableCredential.@context',
    ],
    [
      'an envelope without type',
      { verifiableCredential: { ...emptyEnvelope, type: undefined, id: token } },
      'verifiableCredential.type',
    ],
    [
      'an envelope of presentations',
      {
        verifiableCredential: {
          ...emptyEnvelope,
          type: 'EnvelopedVerifiablePresentation',
          id: token,
        },
      },
      'verifiableCredential.type',
    ],
    [
      'a bare token as id',
      { verifiableCredential: { ...emptyEnvelope, id: 'eyJ.e30.AA' } },
      'verifiableCredential.id',
    ],
    [
      'a credential with neither envelope nor proof',
      { verifiableCredential: { type: ['VerifiableCredential'] } },
      'verifiableCredential.type',
    ],
    [
      'a receipt that is none',
      { verifiableCredential: 'x', options: { receipt: {} } },
      'options.receipt.',
    ],
    [
      'an option nobody knows',
      { verifiableCredential: 'x', options: { check: 'proof' } },
      'options',
    ],
    [
      'no deciding checks',
      { verifiableCredential: 'x', options: { checks: [] } },
      'options.checks',
    ],
    [
      'a check nobody knows',
      { verifiableCredential: 'x', options: { checks: ['luck'] } },
      'options.checks',
    ],
    ['a member nobody asked for', { verifiableCredential: 'x', credential: 'y' }, 'request'],
  ])('refuses %s', async (_, body, member) => {
    const { status, json } = await server.post('/credentials/verify', body, open)
    expect(status).toBe(400)
    expect((json as { problems: string[] }).problems).toContainEqual(
      expect.stringMatching(`^${member}`),
    )
  })
})
