import { createSigner, envelope, generateKey, signPresentation, type Signer } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PresentationVerificationAnswer } from '../../../../server/http/answers.ts'
import { newParty, type Party } from '../../../support/issuer.ts'
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

/** The token with another payload, its signature kept. */
function withPayload(text: string, change: (claims: Record<string, unknown>) => object): string {
  const [header, payload = '', signature] = text.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  const changed = Buffer.from(JSON.stringify(change(claims))).toString('base64url')
  return [header, changed, signature].join('.')
}

describe('POST /presentations/verify', () => {
  const present = (
    change: { credentials?: string[]; signer?: Signer; challenge?: string } = {},
  ) => {
    const now = Math.floor(server.desk.now().getTime() / 1000)
    return signPresentation(
      'vp+jwt',
      {
        holder: holder.did,
        credentials: change.credentials ?? [issued.text],
        challenge: change.challenge ?? 'c-1',
        domain: 'employer.example',
        signedAt: now,
        expiresAt: now + 300,
      },
      change.signer ?? holder.signer,
    )
  }
  const asked = { challenge: 'c-1', domain: 'employer.example' }
  const verifyAll = async (presentation: string, options: object = asked) => {
    const verifiablePresentation = envelope(presentation, 'vp+jwt')
    const body = { verifiablePresentation, options }
    const { status, json } = await server.post('/presentations/verify', body, open)
    expect(status).toBe(200)
    return PresentationVerificationAnswer.parse(json)
  }

  test('finds a presentation valid, with its credentials, as VCALM shows it', async () => {
    const answer = await verifyAll(await present())
    expect(answer).toEqual({
      verified: true,
      problemDetails: [],
      results: {
        presentation: {
          challenge: { verified: true, input: 'c-1' },
          domain: { verified: true, input: 'employer.example' },
          holder: { verified: true, input: holder.did },
          proof: [{ verified: true, problemDetails: [] }],
        },
        credentials: [{ verified: true, problemDetails: [] }],
      },
    })
  })

  test.skipIf(!hasVcalm)('answers as VCALM says (skipped without ../shared)', async () => {
    const options = { ...asked, returnPresentation: true }
    expectVcalm('VerifyPresentationResponse', await verifyAll(await present(), options))
  })

  test('refuses an answer to another challenge, and for another verifier', async () => {
    const text = await present()
    const other = await verifyAll(text, { ...asked, challenge: 'c-2' })
    expect(other.verified).toBe(false)
    expect(other.results.presentation.challenge).toEqual({ verified: false, input: 'c-2' })
    const elsewhere = await verifyAll(text, { ...asked, domain: 'other.example' })
    expect(elsewhere.verified).toBe(false)
    expect(elsewhere.results.presentation.domain).toEqual({
      verified: false,
      input: 'other.example',
    })
  })

  test('refuses the presentation of somebody else’s key', async () => {
    const { privateJwk } = generateKey('ES256')
    const signer = createSigner(holder.signer.kid, privateJwk)
    const answer = await verifyAll(await present({ signer }))
    expect(answer.verified).toBe(false)
    expect(answer.results.presentation.holder).toMatchObject({ verified: false })
  })

  test('refuses a presentation with one bad credential, and says which', async () => {
    const bad = withPayload(issued.text, (claims) => ({ ...claims, name: 'Doctorat' }))
    const answer = await verifyAll(await present({ credentials: [issued.text, bad] }))
    expect(answer.verified).toBe(false)
    expect(answer.results.credentials.map(({ verified }) => verified)).toEqual([true, false])
  })

  test('adds reports and presentation where they are asked for', async () => {
    const presentation = await present()
    const options = { ...asked, returnResults: true, returnPresentation: true }
    const answer = await verifyAll(presentation, options)
    expect(answer.report).toMatchObject({ verdict: 'valid', credentials: [{ verdict: 'valid' }] })
    expect(answer.verifiablePresentation).toEqual(envelope(presentation, 'vp+jwt'))
  })

  describe('that nobody signed', () => {
    const unsigned = (credentials: readonly string[], change: object = {}) => ({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      verifiableCredential: credentials.map((text) => envelope(text, 'vc+jwt')),
      ...change,
    })
    const verifyUnsigned = async (presentation: object) => {
      const { status, json } = await server.post('/presentations/verify', { presentation }, open)
      expect(status).toBe(200)
      return PresentationVerificationAnswer.parse(json)
    }

    test('verifies each credential for itself, and says nothing of the holder', async () => {
      expect(await verifyUnsigned(unsigned([issued.text]))).toEqual({
        verified: true,
        problemDetails: [],
        results: {
          presentation: { proof: [] },
          credentials: [{ verified: true, problemDetails: [] }],
        },
      })
    })

    test('is not verified with one bad credential, or none', async () => {
      const bad = withPayload(issued.text, (claims) => ({ ...claims, name: 'Doctorat' }))
      const answer = await verifyUnsigned(unsigned([issued.text, bad]))
      expect(answer.verified).toBe(false)
      expect(answer.results.credentials.map(({ verified }) => verified)).toEqual([true, false])
      expect(await verifyUnsigned(unsigned([]))).toMatchObject({ verified: false })
    })

    test.each<[string, object]>([
      ['without context', { '@context': undefined }],
      ['with another context first', { '@context': ['https://a.example/v1'] }],
      ['without type', { type: undefined }],
      ['without VerifiablePresentation', { type: ['Other'] }],
      ['with an id that is no URL', { id: 'one' }],
      ['with a holder that is no DID', { holder: 'ada' }],
      ['with a holder without id', { holder: { name: 'Ada' } }],
      ['with a credential as text', { verifiableCredential: ['eyJ.e30.AA'] }],
      ['with an envelope that is empty', { verifiableCredential: envelope('', 'vc+jwt') }],
    ])('is refused %s', async (_, change) => {
      const body = { presentation: unsigned([issued.text], change) }
      const { status, json } = await server.post('/presentations/verify', body, open)
      expect(status).toBe(400)
      expect(json).toMatchObject({ type: 'urn:problem:TOKEN_INVALID' })
    })
  })

  describe('with options.checks', () => {
    const decide = async (presentation: string, options: object) => {
      const verifiablePresentation = envelope(presentation, 'vp+jwt')
      const body = { verifiablePresentation, options: { checks: ['proof'], ...options } }
      const { status, json } = await server.post('/presentations/verify', body, open)
      return { status, ...PresentationVerificationAnswer.parse(json) }
    }

    test('goes by signatures and the answer to the request', async () => {
      const { text } = await server.issue(held()) // not anchored
      const presentation = await present({ credentials: [text] })
      expect(await decide(presentation, asked)).toMatchObject({ status: 200, verified: true })
      const other = await decide(presentation, { ...asked, challenge: 'c-2' })
      expect(other).toMatchObject({ status: 400, verified: false })
    })
  })

  test('does not verify what is no presentation', async () => {
    const answer = await verifyAll(issued.text)
    expect(answer).toMatchObject({ verified: false, results: { credentials: [] } })
  })

  test.each([
    ['no presentation', {}, 'verifiablePresentation'],
    [
      'two presentations',
      { verifiablePresentation: 'x', presentation: {} },
      'verifiablePresentation',
    ],
    [
      'a challenge that nobody signed',
      { presentation: {}, options: { challenge: 'c' } },
      'presentation',
    ],
    [
      'an envelope of credentials',
      { verifiablePresentation: envelope('a.b.c', 'vc+jwt') },
      'verifiablePresentation.type',
    ],
    [
      'an envelope without context',
      { verifiablePresentation: { ...envelope('a.b.c', 'vp+jwt'), '@context': [] } },
      'verifiablePresentation.@context',
    ],
    [
      'an envelope that holds no token',
      { verifiablePresentation: { ...envelope('a.b.c', 'vp+jwt'), id: 'a.b.c' } },
      'verifiablePresentation.id',
    ],
    [
      'a presentation with neither envelope nor proof',
      { verifiablePresentation: { type: ['VerifiablePresentation'] } },
      'verifiablePresentation.type',
    ],
    [
      'a challenge that is a number',
      { verifiablePresentation: 'x', options: { challenge: 1 } },
      'options.challenge',
    ],
    [
      'too many receipts',
      { verifiablePresentation: 'x', options: { receipts: Array(101).fill({}) } },
      'options.receipts',
    ],
  ])('refuses %s', async (_, body, member) => {
    const { status, json } = await server.post('/presentations/verify', body, open)
    expect(status).toBe(400)
    expect((json as { problems: string[] }).problems).toContainEqual(
      expect.stringMatching(`^${member}`),
    )
  })
})
