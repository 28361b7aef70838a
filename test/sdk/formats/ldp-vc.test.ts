import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../../sdk/anchor/commitment.ts'
import { importVerifyKey, verifySignature } from '../../../sdk/crypto/node.ts'
import { decodeLdpVc, signLdpVc } from '../../../sdk/formats/ldp-vc.ts'
import { readCredential } from '../../../sdk/formats/read.ts'
import type { CredentialDocument } from '../../../sdk/model/credential.ts'
import { statusEntries } from '../../../sdk/model/status-entry.ts'
import { buildTrainingCertificate } from '../../../sdk/model/training-certificate.ts'
import { wholeCertificate } from '../../support/certificate.ts'
import { issuesCredential, newKeyParty, verifiesCredential } from '../../support/digital-bazaar.ts'
import { newParty, plainCredential } from '../../support/issuer.ts'

const issuer = newKeyParty()
const holder = newParty()
const signedAt = Date.parse('2026-02-01T00:00:00Z') / 1000
const plain = plainCredential(issuer.did)
const certificate: CredentialDocument = {
  ...buildTrainingCertificate(wholeCertificate(issuer.did, holder.did), {
    id: 'urn:uuid:1f0c2a52-0000-4000-8000-000000000001',
    validFrom: '2026-02-01T00:00:00Z',
    credentialStatus: statusEntries({ url: 'https://livret.example/s/7', list: 7n, index: 42 }),
  }),
  receipt: 'https://livret.example/credentials/abc/receipt',
}
const key = importVerifyKey(issuer.publicJwk)

async function isGenuine(text: string) {
  const { algorithm, signingInput, signature } = await decodeLdpVc(text)
  return verifySignature(algorithm, key, signingInput, signature)
}

describe('signLdpVc', () => {
  test.each([
    ['the smallest credential', plain],
    ['a whole training certificate', certificate],
    [
      'texts in languages and directions',
      {
        ...plain,
        name: [
          { '@value': 'Soudure', '@language': 'fr' },
          { '@value': 'لحام', '@language': 'ar', '@direction': 'rtl' as const },
        ],
      },
    ],
  ])(
    'signs %s so that it can be read, and @digitalbazaar/vc verifies it',
    async (_, credential) => {
      const text = await signLdpVc(credential, issuer.signer, { signedAt })
      expect(await isGenuine(text)).toBe(true)
      expect(await verifiesCredential(text)).toMatchObject({ verified: true })
    },
  )

  test('leaves the credential as it was given, and dates the proof', async () => {
    const text = await signLdpVc(plain, issuer.signer, { signedAt, expiresAt: signedAt + 60 })
    const { proof, ...rest } = JSON.parse(text) as { proof: object }
    expect(rest).toEqual(plain)
    expect(proof).toEqual({
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      created: '2026-02-01T00:00:00Z',
      expires: '2026-02-01T00:01:00Z',
      verificationMethod: issuer.kid,
      proofPurpose: 'assertionMethod',
      proofValue: expect.stringMatching(/^z[1-9A-HJ-NP-Za-km-z]{80,90}$/) as unknown,
    })
  })

  const p256 = newParty('ES256')
  test.each([
    ['a key of P-256', plainCredential(p256.did), p256.signer],
    ['a key of another', plainCredential(p256.did), issuer.signer],
    ['a credential with a proof', { ...plain, proof: {} }, issuer.signer],
    ['a term without a meaning', { ...plain, mention: 'Bien' }, issuer.signer],
    [
      'a context that is not brought along',
      {
        ...plain,
        '@context': [...[plain['@context']].flat(), 'https://greta.example/context'],
      },
      issuer.signer,
    ],
    ['no credential', { ...plain, type: ['Diploma'] }, issuer.signer],
  ])('refuses %s', async (_, credential, signer) => {
    await expect(signLdpVc(credential, signer)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('readCredential', () => {
  test('reads what @digitalbazaar/vc issues', async () => {
    const text = await issuesCredential(structuredClone(certificate), issuer)
    expect(await readCredential(` ${text}`)).toMatchObject({
      ...{ format: 'ldp_vc', algorithm: 'EdDSA', kid: issuer.kid, issuer: issuer.did, signedAt },
      credential: { id: certificate.id },
    })
    expect(await isGenuine(text)).toBe(true)
  })

  test('gives the credential without its proof', async () => {
    const { credential } = await readCredential(await signLdpVc(plain, issuer.signer))
    expect(credential).not.toHaveProperty('proof')
  })

  test('gives the times of the proof', async () => {
    const text = await signLdpVc(plain, issuer.signer, { signedAt, expiresAt: signedAt + 60 })
    expect(await readCredential(text)).toMatchObject({ signedAt, expiresAt: signedAt + 60 })
  })
})

describe('the digest of an ldp_vc', () => {
  test('is SHA-256 of hashData and proofValue', async () => {
    const decoded = await decodeLdpVc(await signLdpVc(plain, issuer.signer))
    const expected = createHash('sha256')
      .update(decoded.signingInput)
      .update(decoded.signature)
      .digest()
    expect(decoded.signingInput).toHaveLength(64)
    expect(digestOf(decoded)).toEqual(expected)
  })

  test('is the same however the document is written', async () => {
    const text = await signLdpVc(certificate, issuer.signer)
    const { proof, ...rest } = JSON.parse(text) as { proof: object }
    const other = JSON.stringify({ proof, ...Object.fromEntries(Object.entries(rest).reverse()) })
    expect(digestOf(await decodeLdpVc(other))).toEqual(digestOf(await decodeLdpVc(text)))
    expect(await isGenuine(other)).toBe(true)
  })
})
