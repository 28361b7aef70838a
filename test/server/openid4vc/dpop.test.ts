import { createHash, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startIssuance, newWalletKey, vcJwt } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startIssuance>>
beforeAll(async () => {
  place = await startIssuance()
})
afterAll(() => place.server.stop())

describe('DPoP', () => {
  async function dpop(path: string, claims: object = {}, signer = place.key) {
    return new SignJWT({
      htm: 'POST',
      htu: `${place.wallet.issuer}/${path}`,
      iat: Math.floor(place.server.context.now().getTime() / 1000),
      jti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: signer.publicJwk })
      .sign(signer.privateJwk)
  }
  const athOf = (token: string) => createHash('sha256').update(token).digest('base64url')
  async function boundToken() {
    const { code } = await place.wallet.offer(place.content())
    const { json } = await place.wallet.redeem(code, {}, { dpop: await dpop('token') })
    expect(json['token_type']).toBe('DPoP')
    return json['access_token'] as string
  }
  const ask = async (token: string, scheme: string, proof?: string) =>
    place.wallet.json(
      'credential',
      {
        credential_configuration_id: vcJwt,
        proofs: { jwt: [await place.wallet.proof(place.key, await place.wallet.nonce())] },
      },
      { authorization: `${scheme} ${token}`, ...(proof !== undefined && { dpop: proof }) },
    )

  test('binds the token to a key', async () => {
    const token = await boundToken()
    const proof = await dpop('credential', { ath: athOf(token) })
    expect((await ask(token, 'DPoP', proof)).status).toBe(200)
  })

  test('is asked for again, as a bearer token is not enough', async () => {
    const token = await boundToken()
    const answer = await ask(token, 'Bearer')
    expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_token' } })
  })

  test.each([
    ['for another token', () => dpop('credential', { ath: athOf('another') })],
    ['for another place', async (token: string) => dpop('nonce', { ath: athOf(token) })],
    [
      'an hour old',
      async (token: string) =>
        dpop('credential', {
          ath: athOf(token),
          iat: Math.floor(place.server.context.now().getTime() / 1000) - 3_600,
        }),
    ],
    [
      'by another key',
      async (token: string) => dpop('credential', { ath: athOf(token) }, await newWalletKey()),
    ],
  ])('refuses a proof %s', async (_, proofFor) => {
    const token = await boundToken()
    const answer = await ask(token, 'DPoP', await proofFor(token))
    expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_dpop_proof' } })
  })

  test('refuses a proof that was used', async () => {
    const token = await boundToken()
    const proof = await dpop('credential', { ath: athOf(token) })
    await ask(token, 'DPoP', proof)
    expect(await ask(token, 'DPoP', proof)).toMatchObject({ json: { error: 'invalid_dpop_proof' } })
  })
})
