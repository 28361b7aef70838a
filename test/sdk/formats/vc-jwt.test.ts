import { importJWK, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { importVerifyKey, verifySignature } from '../../../sdk/crypto/node.ts'
import { decodeCredential } from '../../../sdk/formats/decode.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import { newParty, plainCredential } from '../../support/issuer.ts'

const times = { signedAt: 1_768_435_200, expiresAt: 1_799_971_200 }

describe.each(['ES256', 'ES384', 'EdDSA'] as const)('signVcJwt with %s', (algorithm) => {
  const issuer = newParty(algorithm)
  const credential = plainCredential(issuer.did)

  test('writes the header and claims of VC-JOSE-COSE', async () => {
    const jwt = await signVcJwt(credential, issuer.signer, times)
    const key = await importJWK({ ...issuer.publicJwk }, algorithm)
    const currentDate = new Date('2026-06-01')
    const { payload, protectedHeader } = await jwtVerify(jwt, key, { currentDate })
    expect(protectedHeader).toEqual({
      alg: algorithm,
      kid: issuer.signer.kid,
      typ: 'vc+jwt',
      cty: 'vc',
    })
    expect(payload).toEqual({
      ...credential,
      iss: issuer.did,
      iat: 1_768_435_200,
      exp: 1_799_971_200,
    })
  })

  test('makes what decodeCredential and verifySignature take', async () => {
    const decoded = decodeCredential(await signVcJwt(credential, issuer.signer))
    const key = importVerifyKey(issuer.publicJwk)
    const { signingInput, signature } = decoded
    expect(await verifySignature(decoded.algorithm, key, signingInput, signature)).toBe(true)
  })

  test('leaves times out that it was not given', async () => {
    const decoded = decodeCredential(await signVcJwt(credential, issuer.signer))
    expect(decoded).not.toHaveProperty('signedAt')
    expect(decoded).not.toHaveProperty('expiresAt')
  })
})

describe('signVcJwt refuses', () => {
  const issuer = newParty()
  test.each<[string, object]>([
    ['the credential of another issuer', { issuer: 'did:example:other' }],
    ['what is no credential', { type: ['Something'] }],
    ['a vc member', { vc: {} }],
    ['an iss member', { iss: issuer.did }],
    ['an exp member', { exp: 1 }],
    ['a period that ends before it starts', { validUntil: '2020-01-01T00:00:00Z' }],
  ])('%s', async (_, change) => {
    await expect(
      signVcJwt(plainCredential(issuer.did, change), issuer.signer),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  test('the key of a DID that only starts like the issuer’s', async () => {
    const signer = { ...issuer.signer, kid: `${issuer.did}x#0` }
    await expect(signVcJwt(plainCredential(issuer.did), signer)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })
})
