import { describe, expect, test } from 'vitest'
import { importVerifyKey, verifySignature } from '../../../../sdk/crypto/node.ts'
import { envelope } from '../../../../sdk/formats/envelope.ts'
import { signLdpVc } from '../../../../sdk/formats/ldp-vc.ts'
import { signLdpPresentation } from '../../../../sdk/formats/presentation/ldp.ts'
import { readPresentation } from '../../../../sdk/formats/read.ts'
import { signVcJwt } from '../../../../sdk/formats/vc-jwt.ts'
import {
  newKeyParty,
  signsPresentation,
  verifiesPresentation,
} from '../../../support/digital-bazaar.ts'
import { newParty, plainCredential } from '../../../support/issuer.ts'

type Members = Record<string, unknown>

const holder = newKeyParty()
const issuer = newKeyParty()
const college = newParty()
const embedded = await signLdpVc(
  plainCredential(issuer.did, { credentialSubject: { id: holder.did } }),
  issuer.signer,
  { signedAt: 1_770_000_000 },
)
const token = await signVcJwt(plainCredential(college.did), college.signer)
const request = {
  holder: holder.did,
  challenge: 'c-1',
  domain: 'https://employer.example',
  signedAt: 1_770_000_000,
  expiresAt: 1_770_000_300,
}
const sign = (credentials: readonly string[]) =>
  signLdpPresentation({ ...request, credentials }, holder.signer)
const good = JSON.parse(await sign([embedded])) as { proof: Members } & Members

async function codeOf(document: object): Promise<string> {
  try {
    await readPresentation(JSON.stringify(document))
    return 'nothing thrown'
  } catch (error) {
    return (error as { facts: { code: string } }).facts.code
  }
}

describe('signLdpPresentation', () => {
  test('embeds an ldp_vc, and envelops a token', async () => {
    const text = await sign([embedded, token])
    expect(JSON.parse(text)).toMatchObject({
      holder: holder.did,
      verifiableCredential: [JSON.parse(embedded), envelope(token, 'vc+jwt')],
      proof: { proofPurpose: 'authentication', challenge: 'c-1', domain: request.domain },
    })
    const read = await readPresentation(text)
    expect(JSON.parse(read.credentials[0] ?? '')).toEqual(JSON.parse(embedded))
    expect(read).toMatchObject({
      ...{ format: 'ldp_vp', algorithm: 'EdDSA', kid: holder.kid, holder: holder.did },
      ...{ challenge: 'c-1', domains: [request.domain], credentials: [read.credentials[0], token] },
      ...{ signedAt: request.signedAt, expiresAt: request.expiresAt },
    })
  })

  test('makes what @digitalbazaar/vc verifies, for its challenge alone', async () => {
    const now = Math.floor(Date.now() / 1000)
    const text = await signLdpPresentation(
      { ...request, credentials: [embedded], signedAt: now, expiresAt: now + 300 },
      holder.signer,
    )
    const { challenge, domain } = request
    expect(await verifiesPresentation(text, challenge, domain)).toMatchObject({ verified: true })
    expect(await verifiesPresentation(text, 'c-2', domain)).toMatchObject({ verified: false })
  })

  test.each([
    ['the key of another', { holder: issuer.did }, 'INPUT_INVALID'],
    ['more than a hundred', { credentials: Array<string>(101).fill(token) }, 'INPUT_INVALID'],
    ['what is no credential', { credentials: ['a.b.c'] }, 'TOKEN_INVALID'],
  ])('refuses %s', async (_, change, code) => {
    const asked = signLdpPresentation({ ...request, credentials: [], ...change }, holder.signer)
    await expect(asked).rejects.toMatchObject({ code })
  })
})

describe('readPresentation', () => {
  test('reads what @digitalbazaar/vc signs', async () => {
    const presentation = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      verifiableCredential: [JSON.parse(embedded) as object],
    }
    const read = await readPresentation(await signsPresentation(presentation, holder, request))
    expect(read).toMatchObject({ holder: holder.did, challenge: 'c-1', domains: [request.domain] })
    const key = importVerifyKey(holder.publicJwk)
    expect(await verifySignature('EdDSA', key, read.signingInput, read.signature)).toBe(true)
  })

  test.each([
    [
      'a proof for credentials',
      { proof: { ...good.proof, proofPurpose: 'assertionMethod' } },
      'PROOF_PURPOSE_MISMATCH',
    ],
    ['no proof', { proof: undefined }, 'PROOF_MISSING'],
    ['a key of another', { holder: issuer.did }, 'PRESENTATION_MALFORMED'],
    ['a holder that is no DID', { holder: 'Ada' }, 'PRESENTATION_MALFORMED'],
    ['a credential as a bare text', { verifiableCredential: [token] }, 'PRESENTATION_MALFORMED'],
    [
      'an envelope without a token',
      { verifiableCredential: [{ ...envelope(token, 'vc+jwt'), id: 'urn:x' }] },
      'PRESENTATION_MALFORMED',
    ],
    ['no type', { type: [] }, 'PRESENTATION_MALFORMED'],
    ['no context', { '@context': undefined }, 'PRESENTATION_MALFORMED'],
    [
      'a hidden member',
      { 'https://www.w3.org/2018/credentials#holder': { id: issuer.did } },
      'PRESENTATION_MALFORMED',
    ],
    [
      'a context that is not brought along',
      { '@context': ['https://www.w3.org/ns/credentials/v2', 'https://a.example'] },
      'CONTEXT_UNAVAILABLE',
    ],
  ])('refuses %s', async (_, change, code) => {
    expect(await codeOf({ ...good, ...change })).toBe(code)
  })
})
