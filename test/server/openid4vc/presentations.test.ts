import { X509Certificate, createHash } from 'node:crypto'
import { decodeProtectedHeader, importX509, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyJws, type PublicJwk } from '#sdk'
import { startPresenting } from '../../support/presenting.ts'

let place: Awaited<ReturnType<typeof startPresenting>>
beforeAll(async () => {
  place = await startPresenting()
})
afterAll(() => place.server.stop())

describe('a request', () => {
  test('is made by whoever has the token only', async () => {
    const body = JSON.stringify({ query: place.queryFor('vc+jwt') })
    const headers = { authorization: '', 'content-type': 'application/json' }
    expect((await place.server.ask('/requests', { method: 'POST', body, headers })).status).toBe(
      401,
    )
  })

  test.each([
    ['a format that is not verified here', { format: 'mso_mdoc' }],
    ['copies', { require_cryptographic_holder_binding: false }],
    ['authorities of its own', { trusted_authorities: [{ type: 'aki', values: ['x'] }] }],
  ])('may not want %s', async (_, change) => {
    const query = { credentials: [{ id: 'a', format: 'vc+jwt', meta: {}, ...change }] }
    expect((await place.server.post('/requests', { query })).status).toBe(400)
  })

  test('is a signed object by reference, under the verifier’s DID', async () => {
    const { parameters, jwt, claims } = await place.request(place.queryFor('vc+jwt'))
    const { json } = await place.server.get('/verifier/did.json')
    const document = json as {
      id: string
      verificationMethod: [{ id: string; publicKeyJwk: PublicJwk }]
    }
    const [{ id, publicKeyJwk }] = document.verificationMethod
    expect(decodeProtectedHeader(jwt)).toMatchObject({ typ: 'oauth-authz-req+jwt', kid: id })
    expect(await verifyJws(jwt, publicKeyJwk)).toBe(true)
    expect(parameters.get('client_id')).toBe(`decentralized_identifier:${document.id}`)
    expect(claims).toMatchObject({
      client_id: parameters.get('client_id'),
      response_type: 'vp_token',
      response_mode: 'direct_post.jwt',
      aud: 'https://self-issued.me/v2',
    })
    expect(claims.nonce).toMatch(/^[\w-]{43}$/)
  })

  test('is signed under the hash of a certificate if so wanted', async () => {
    const options = { clientIdPrefix: 'x509_hash' }
    const { jwt, claims } = await place.request(place.queryFor('vc+jwt'), options)
    const { x5c } = decodeProtectedHeader(jwt) as { x5c: [string] }
    const der = Buffer.from(x5c[0], 'base64')
    const certificate = new X509Certificate(der)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(claims.client_id).toBe(
      `x509_hash:${createHash('sha256').update(der).digest('base64url')}`,
    )
    await jwtVerify(jwt, await importX509(certificate.toString(), 'ES256'))
  })

  test('repeats the nonce of a wallet that asks by POST', async () => {
    const { parameters } = await place.request(place.queryFor('vc+jwt'))
    const body = new URLSearchParams({ wallet_nonce: 'mine' })
    const response = await fetch(parameters.get('request_uri')!, { method: 'POST', body })
    expect(response.headers.get('content-type')).toContain('application/oauth-authz-req+jwt')
    const [, claims = ''] = (await response.text()).split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      wallet_nonce: 'mine',
    })
  })

  test('is gone once answered', async () => {
    const { claims, parameters } = await place.request(place.queryFor('vc+jwt'))
    const vp_token = { training: [await place.present('vc+jwt', claims)] }
    await place.answer(claims, { vp_token, state: claims.state })
    expect((await fetch(parameters.get('request_uri')!)).status).toBe(404)
  })
})

describe('an answer', () => {
  test.each(
    ['vc+jwt', 'jwt_vc_json', 'dc+sd-jwt'].flatMap((format) =>
      ['direct_post', 'direct_post.jwt'].map((mode) => [format, mode]),
    ),
  )('in %s by %s gives the full report', async (format, responseMode) => {
    const { claims, state } = await place.request(place.queryFor(format), { responseMode })
    expect(await place.result(state)).toMatchObject({ json: { state: 'open' } })
    const vp_token = { training: [await place.present(format, claims)] }
    const answer = await place.answer(claims, { vp_token, state: claims.state })
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json: {} })
    const { json } = await place.result(state)
    expect(json).toMatchObject({
      state: 'answered',
      result: {
        verdict: 'valid',
        presentations: [
          {
            query: 'training',
            holder: place.key.did,
            credentials: [{ format, claims: { issuer: {} } }],
            report: { presentation: { verdict: 'valid' }, credentials: [{ verdict: 'valid' }] },
          },
        ],
      },
    })
  })

  test('of a revoked credential is taken in, and reported as invalid', async () => {
    const { wallet, key, content, server } = place
    const { code, made } = await wallet.offer(content())
    const { credential } = await wallet.receive(code, 'TrainingCertificate_vc+jwt', key)
    await server.post('/credentials/status', {
      credentialId: made.credentialId,
      credentialStatus: [{ type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }].at(0),
      status: true,
    })
    await server.settle()
    const { claims, state } = await place.request(place.queryFor('vc+jwt'))
    const vp_token = { training: [await place.present('vc+jwt', claims, { credential })] }
    expect((await place.answer(claims, { vp_token, state: claims.state })).status).toBe(200)
    expect(await place.result(state)).toMatchObject({ json: { result: { verdict: 'invalid' } } })
  })

  test('on the same device gives the result to who brings the code only', async () => {
    const redirectUri = 'https://employer.example/back'
    const { claims, state } = await place.request(place.queryFor('vc+jwt'), { redirectUri })
    const vp_token = { training: [await place.present('vc+jwt', claims)] }
    const { json } = await place.answer(claims, { vp_token, state: claims.state })
    const [address, code = ''] = (json['redirect_uri'] as string).split('#response_code=')
    expect(address).toBe(redirectUri)
    expect((await place.result(state)).status).toBe(404)
    expect((await place.result(state, 'made-up')).status).toBe(404)
    expect(await place.result(state, code)).toMatchObject({ json: { state: 'answered' } })
  })

  test('may be a no', async () => {
    const { claims, state } = await place.request(place.queryFor('vc+jwt'))
    const answer = await place.answer(claims, { error: 'access_denied', state: claims.state })
    expect(answer.status).toBe(200)
    expect(await place.result(state)).toMatchObject({
      json: { state: 'declined', error: 'access_denied' },
    })
  })

  test('leaves nothing of the person in the log', () => {
    expect(JSON.stringify(place.server.logged)).not.toContain(place.key.did)
  })
})
