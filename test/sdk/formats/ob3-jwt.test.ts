import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { decodeCredential } from '../../../sdk/formats/decode.ts'
import { signOb3Jwt } from '../../../sdk/formats/ob3-jwt.ts'
import type { CredentialDocument } from '../../../sdk/model/credential.ts'
import { foreignBadge } from '../../support/elsewhere.ts'
import { codeOf, forge, newParty } from '../../support/issuer.ts'

const issuer = newParty()
const badge = (change: object = {}) =>
  foreignBadge(issuer.did, {
    validFrom: '2026-01-15T00:00:00.250Z',
    validUntil: '2027-01-15T00:00:00Z',
    ...change,
  }) as CredentialDocument
const signed = await signOb3Jwt(badge(), issuer.signer, { signedAt: 1_768_435_300 })

describe('signOb3Jwt', () => {
  test('says in the header what the standard allows, and no more', () => {
    expect(decodeProtectedHeader(signed)).toEqual({
      alg: 'ES256',
      kid: issuer.signer.kid,
      typ: 'JWT',
    })
  })

  test('makes the credential the payload, with the claims that are required', () => {
    const payload = decodeJwt(signed)
    expect(payload).toMatchObject({
      ...badge({ validFrom: '2026-01-15T00:00:00Z' }),
      iss: issuer.did,
      jti: 'https://badges.example/credentials/3527',
      sub: 'did:example:ebfeb1f712ebc6f1c276e12ec21',
      nbf: Date.parse('2026-01-15T00:00:00Z') / 1000,
      exp: Date.parse('2027-01-15T00:00:00Z') / 1000,
    })
    expect(payload).not.toHaveProperty('vc')
  })

  test('makes what jose verifies', async () => {
    const key = await importJWK(issuer.publicJwk, 'ES256')
    const options = { issuer: issuer.did, typ: 'JWT', currentDate: new Date('2026-03-01') }
    await expect(jwtVerify(signed, key, options)).resolves.toBeDefined()
  })

  test('leaves exp out where nothing ends', async () => {
    const text = await signOb3Jwt(badge({ validUntil: undefined }), issuer.signer)
    expect(decodeJwt(text)).not.toHaveProperty('exp')
  })

  test.each([
    ['no Open Badge', { type: ['VerifiableCredential'] }, 'type'],
    ['no id', { id: undefined }, 'id'],
    ['no validFrom', { validFrom: undefined }, 'validFrom'],
    ['a subject without a name', { credentialSubject: { type: 'x' } }, 'credentialSubject.id'],
    [
      'two places of its status',
      {
        credentialStatus: [
          { type: 'a', id: 'u:1' },
          { type: 'b', id: 'u:2' },
        ],
      },
      'credentialStatus',
    ],
    ['a claim of the JWT', { nbf: 1 }, 'nbf'],
  ])('refuses %s', async (_, change, member) => {
    await expect(signOb3Jwt(badge(change), issuer.signer)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      facts: { problems: [expect.stringContaining(member)] },
    })
  })
})

describe('decodeCredential', () => {
  const header = { alg: 'ES256', kid: issuer.signer.kid, typ: 'JWT' }
  const claims = decodeJwt(signed)
  const refusal = async (change: object, head: object = header) => {
    const text = await forge(head, { ...claims, ...change })
    return codeOf(() => decodeCredential(text))
  }

  test('reads it as vc+jwt', () => {
    expect(decodeCredential(signed)).toMatchObject({ format: 'vc+jwt', issuer: issuer.did })
  })

  test('reads it without a type', async () => {
    expect(await refusal({}, { ...header, typ: undefined })).toBe('nothing thrown')
  })

  test.each([
    ['iss', undefined, 'CREDENTIAL_MALFORMED'],
    ['jti', undefined, 'CREDENTIAL_MALFORMED'],
    ['nbf', undefined, 'CREDENTIAL_MALFORMED'],
    ['sub', undefined, 'CREDENTIAL_MALFORMED'],
    ['exp', undefined, 'CREDENTIAL_MALFORMED'],
    ['nbf', 1_768_435_201, 'CREDENTIAL_MALFORMED'],
    ['exp', 1_768_435_201, 'CREDENTIAL_MALFORMED'],
    ['jti', 'urn:uuid:2', 'CREDENTIAL_MALFORMED'],
    ['iss', 'did:example:other', 'ISSUER_MISMATCH'],
    ['type', ['VerifiableCredential'], 'FORMAT_UNKNOWN'],
  ])('refuses it with %s: %s', async (claim, value, code) => {
    expect(await refusal({ [claim]: value })).toBe(code)
  })
})
