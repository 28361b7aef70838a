import { createVerifiableCredentialJwt, normalizeCredential } from 'did-jwt-vc'
import { describe, expect, test } from 'vitest'
import { createDidResolver } from '../../../sdk/did/resolver.ts'
import { decodeCredential } from '../../../sdk/formats/decode.ts'
import { signJwtVcJson, verifyJwtVcJson } from '../../../sdk/formats/jwt-vc-json.ts'
import { toBase64url } from '../../../sdk/lib/base64url.ts'
import { utf8 } from '../../../sdk/lib/bytes.ts'
import { codeOf, forge, newParty, plainCredential } from '../../support/issuer.ts'

const resolver = createDidResolver()
const at = Date.parse('2026-06-01') / 1000
const issuer = newParty()
const credential = plainCredential(issuer.did, {
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  name: 'Forklift operation',
  issuer: { id: issuer.did, name: 'College' },
  type: ['VerifiableCredential', 'TrainingCertificateCredential'],
  validUntil: '2036-01-15T00:00:00Z',
  credentialStatus: { id: 'urn:x:1', type: 'OnChainStatusEntry' },
})

describe('signJwtVcJson', () => {
  test.each(['ES256', 'ES256K', 'EdDSA'] as const)(
    'with %s makes what did-jwt-vc verifies',
    async (algorithm) => {
      const party = newParty(algorithm)
      const jwt = await signJwtVcJson(plainCredential(party.did), party.signer)
      const { verified, issuer } = await verifyJwtVcJson(jwt, resolver, at)
      expect(verified).toBe(true)
      expect(issuer).toBe(party.did)
    },
  )

  test('makes what decodeCredential reads back as it was', async () => {
    const jwt = await signJwtVcJson(credential, issuer.signer, { signedAt: 1_768_435_201 })
    expect(decodeCredential(jwt)).toMatchObject({
      format: 'jwt_vc_json',
      kid: issuer.signer.kid,
      issuer: issuer.did,
      signedAt: 1_768_435_201,
      expiresAt: Date.parse('2036-01-15T00:00:00Z') / 1000,
      credential: {
        '@context': ['https://www.w3.org/2018/credentials/v1'],
        id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
        name: 'Forklift operation',
        issuer: { id: issuer.did, name: 'College' },
        type: ['VerifiableCredential', 'TrainingCertificateCredential'],
        validFrom: '2026-01-15T00:00:00.000Z',
        validUntil: '2036-01-15T00:00:00.000Z',
        credentialSubject: [{ id: 'did:example:ada' }],
        credentialStatus: [{ type: ['OnChainStatusEntry'] }],
      },
    })
  })

  test('refuses ES384, which did-jwt does not know', async () => {
    const { did, signer } = newParty('ES384')
    const signing = signJwtVcJson(plainCredential(did), signer)
    await expect(signing).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  test.each<[string, object]>([
    ['two subjects', { credentialSubject: [{ id: 'urn:a:1' }, { id: 'urn:a:2' }] }],
    ['no start', { validFrom: undefined }],
    ['another issuer', { issuer: 'did:example:other' }],
  ])('refuses %s', async (_, change) => {
    await expect(
      signJwtVcJson(plainCredential(issuer.did, change), issuer.signer),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('verifyJwtVcJson', () => {
  test('refuses another signature', async () => {
    const jwt = await signJwtVcJson(credential, issuer.signer)
    const forged = `${jwt.slice(0, jwt.lastIndexOf('.'))}.${toBase64url(new Uint8Array(64).fill(1))}`
    await expect(verifyJwtVcJson(forged, resolver, at)).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
      facts: { code: 'DID_JWT_VC' },
    })
  })

  test.each([
    ['before its start', Date.parse('2026-01-01') / 1000],
    ['after its end', Date.parse('2036-02-01') / 1000],
  ])('refuses it %s', async (_, time) => {
    const jwt = await signJwtVcJson(credential, issuer.signer)
    await expect(verifyJwtVcJson(jwt, resolver, time)).rejects.toMatchObject({
      facts: { code: 'DID_JWT_VC' },
    })
  })

  test('says when the issuer cannot be resolved now', async () => {
    const jwt = await forge({ alg: 'ES256', typ: 'JWT' }, { iss: 'did:web:a.example', vc: {} })
    const offline = createDidResolver({ fetch: () => Promise.reject(new Error('offline')) })
    await expect(verifyJwtVcJson(jwt, offline, at)).rejects.toMatchObject({
      code: 'DID_UNREACHABLE',
    })
  })
})

describe('decodeCredential and did-jwt-vc', () => {
  test('read the same in what did-jwt-vc writes by itself', async () => {
    const signer = async (data: string | Uint8Array) =>
      toBase64url(await issuer.signer.sign(typeof data === 'string' ? utf8(data) : data))
    const jwt = await createVerifiableCredentialJwt(
      {
        '@context': ['https://www.w3.org/2018/credentials/v1'],
        id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
        name: 'Forklift operation',
        type: ['VerifiableCredential', 'TrainingCertificateCredential'],
        issuer: { id: issuer.did, name: 'College' },
        issuanceDate: '2026-01-15T00:00:00.000Z',
        expirationDate: '2036-01-15T00:00:00.000Z',
        credentialSubject: { id: 'did:example:ada', hours: 16 },
        credentialStatus: { id: 'urn:x:1', type: 'OnChainStatusEntry' },
      },
      { did: issuer.did, alg: 'ES256', signer },
    )
    const theirs = normalizeCredential(jwt) as Record<string, unknown>
    const ours = decodeCredential(jwt).credential
    expect(ours).toMatchObject({
      '@context': theirs['@context'],
      id: theirs['id'],
      name: theirs['name'],
      type: theirs['type'],
      issuer: theirs['issuer'],
      validFrom: theirs['issuanceDate'],
      validUntil: theirs['expirationDate'],
      credentialSubject: [theirs['credentialSubject']],
      credentialStatus: [{ id: 'urn:x:1', type: ['OnChainStatusEntry'] }],
    })
    expect((await verifyJwtVcJson(jwt, resolver, at)).verified).toBe(true)
  })
})

describe('decodeCredential refuses a JWT of VCDM 1.1 with', () => {
  const vc = {
    '@context': ['https://www.w3.org/2018/credentials/v1'],
    type: ['VerifiableCredential'],
    credentialSubject: { id: 'did:example:ada' },
  }
  const claims = { iss: issuer.did, nbf: 1_768_435_200, vc }
  const header = { alg: 'ES256', kid: issuer.signer.kid, typ: 'JWT' }

  test('nothing wrong: it is read', async () => {
    const text = await forge(header, claims)
    expect(decodeCredential(text).credential.validFrom).toBe('2026-01-15T00:00:00.000Z')
  })

  test.each<[string, object, string]>([
    ['another issuer inside', { vc: { ...vc, issuer: 'did:example:eve' } }, 'ISSUER_MISMATCH'],
    ['no issuer', { iss: undefined }, 'CREDENTIAL_MALFORMED'],
    ['another id inside', { jti: 'urn:a:1', vc: { ...vc, id: 'urn:a:2' } }, 'CREDENTIAL_MALFORMED'],
    ['another subject inside', { sub: 'did:example:eve' }, 'CREDENTIAL_MALFORMED'],
    [
      'sub for two subjects',
      { sub: 'did:example:ada', vc: { ...vc, credentialSubject: [{ a: 1 }, { b: 2 }] } },
      'CREDENTIAL_MALFORMED',
    ],
    [
      'another start inside',
      { vc: { ...vc, issuanceDate: '2020-01-01T00:00:00Z' } },
      'CREDENTIAL_MALFORMED',
    ],
    [
      'a start that is no date',
      { vc: { ...vc, issuanceDate: 'yesterday' } },
      'CREDENTIAL_MALFORMED',
    ],
    [
      'another end inside',
      { exp: 1_999_999_999, vc: { ...vc, expirationDate: '2099-01-01T00:00:00Z' } },
      'CREDENTIAL_MALFORMED',
    ],
    ['an end before its start', { exp: 1_768_435_199 }, 'CREDENTIAL_MALFORMED'],
    ['a start in milliseconds', { nbf: 1_768_435_200_000 }, 'CREDENTIAL_MALFORMED'],
    ['a member inside and outside', { credentialSubject: { hours: 99 } }, 'CREDENTIAL_MALFORMED'],
    [
      'the context of 2.0',
      { vc: { ...vc, '@context': ['https://www.w3.org/ns/credentials/v2'] } },
      'CREDENTIAL_MALFORMED',
    ],
    ['vc as text', { vc: 'x' }, 'CREDENTIAL_MALFORMED'],
    ['vc as null', { vc: null }, 'CREDENTIAL_MALFORMED'],
  ])('%s', async (_, change, code) => {
    const text = await forge(header, { ...claims, ...change })
    expect(codeOf(() => decodeCredential(text))).toBe(code)
  })
})
