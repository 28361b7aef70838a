import { compactDecrypt, CompactEncrypt, exportJWK, generateKeyPair, importJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeCredential } from '#sdk'
import { startIssuance, credentialIn, vcJwt } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startIssuance>>
beforeAll(async () => {
  place = await startIssuance()
})
afterAll(() => place.server.stop())

describe('encryption', () => {
  async function sealed(request: object, enc = 'A256GCM') {
    const { json } = await place.server.get('/.well-known/openid-credential-issuer/issuers/greta')
    const { keys } = (
      json as { credential_request_encryption: { jwks: { keys: [{ kid: string }] } } }
    ).credential_request_encryption.jwks
    return new CompactEncrypt(Buffer.from(JSON.stringify(request)))
      .setProtectedHeader({ alg: 'ECDH-ES', enc, kid: keys[0].kid })
      .encrypt(await importJWK(keys[0], 'ECDH-ES'))
  }
  async function encrypted(isSealed: boolean, change: object = {}) {
    const { code } = await place.wallet.offer(place.content())
    const token = await place.wallet.token(code)
    const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256' })
    const jwk = { ...(await exportJWK(publicKey)), alg: 'ECDH-ES', kid: 'mine' }
    const request = {
      credential_configuration_id: vcJwt,
      proofs: { jwt: [await place.wallet.proof(place.key, await place.wallet.nonce())] },
      credential_response_encryption: { jwk, enc: 'A128GCM', ...change },
    }
    const answer = await place.wallet.json(
      'credential',
      isSealed ? await sealed(request) : request,
      {
        authorization: `Bearer ${token}`,
        ...(isSealed && { 'content-type': 'application/jwt' }),
      },
    )
    return { answer, privateKey }
  }

  test('hides request and response', async () => {
    const { answer, privateKey } = await encrypted(true)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('application/jwt')
    const { plaintext, protectedHeader } = await compactDecrypt(answer.text, privateKey)
    expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES', enc: 'A128GCM', kid: 'mine' })
    const json = JSON.parse(Buffer.from(plaintext).toString()) as Record<string, unknown>
    expect(decodeCredential(credentialIn(json)).format).toBe('vc+jwt')
  })

  test.each([
    ['a response key in a request that all could change', false, {}],
    ['an unknown content encryption', true, { enc: 'A128CBC-HS256' }],
    ['compression', true, { zip: 'DEF' }],
    ['no key', true, { jwk: undefined }],
  ])('refuses %s', async (_, isSealed, change) => {
    const { answer } = await encrypted(isSealed, change)
    expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_encryption_parameters' } })
  })
})
