/**
 * The OpenID Foundation's test modules for OpenID4VCI 1.0 issuers, by their names, with the answers
 * that the standard wants.
 *
 * @module
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeCredential } from '#sdk'
import { newWalletKey, startIssuance, vcJwt, type ProofChange } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startIssuance>>
beforeAll(async () => {
  place = await startIssuance()
})
afterAll(() => place.server.stop())

/** A fresh token, and a request for a credential with it. */
async function open() {
  const { wallet, content, key } = place
  const { code } = await wallet.offer(content())
  const token = await wallet.token(code)
  const ask = async (nonce: string, change: ProofChange = {}, configuration = vcJwt) =>
    wallet.credential(token, configuration, [await wallet.proof(key, nonce, change)])
  const json = (body: object, headers: object = { authorization: `Bearer ${token}` }) =>
    wallet.json('credential', body, headers)
  return { token, ask, json }
}
const refusal = (error: string) => ({ status: 400, json: { error } })

describe('oid4vci-1_0-issuer', () => {
  test('happy-flow, with tx_code', async () => {
    const { code, offer, made } = await place.wallet.offer(place.content(), { txCode: true })
    expect(Object.values(offer.grants)[0]).toMatchObject({
      tx_code: { input_mode: 'numeric', length: 6 },
    })
    const more = { tx_code: made.txCode! }
    const { answer } = await place.wallet.receive(code, vcJwt, place.key, more)
    expect(answer).toMatchObject({ status: 200, json: { credentials: [{}] } })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('happy-flow-multiple-clients', async () => {
    const wallets = await Promise.all([newWalletKey(), newWalletKey()])
    const answers = await Promise.all(
      wallets.map(async (key) => {
        const { code } = await place.wallet.offer(place.content())
        return place.wallet.receive(code, vcJwt, key)
      }),
    )
    expect(answers.map(({ answer }) => answer.status)).toEqual([200, 200])
  })

  test('fail-invalid-nonce', async () => {
    const { ask } = await open()
    expect(await ask('made-up')).toMatchObject(refusal('invalid_nonce'))
  })

  test('fail-invalid-nonce: one of another issuer', async () => {
    const { ask } = await open()
    await place.server.newIssuer('other')
    const { json } = await place.server.ask('/issuers/other/nonce', { method: 'POST' })
    const { c_nonce: nonce } = json as { c_nonce: string }
    expect(await ask(nonce)).toMatchObject(refusal('invalid_nonce'))
  })

  test('fail-replay-nonce', async () => {
    const nonce = await place.wallet.nonce()
    await (await open()).ask(nonce)
    expect(await (await open()).ask(nonce)).toMatchObject(refusal('invalid_nonce'))
  })

  test.each<[string, () => ProofChange | Promise<ProofChange>]>([
    ['fail-invalid-jwt-proof-signature', async () => ({ signedBy: await newWalletKey() })],
    ['fail-invalid-proof-audience', () => ({ claims: { aud: 'https://other.example' } })],
    ['an audience among others', () => ({ claims: { aud: [place.wallet.issuer] } })],
    ['a proof an hour old', () => ({ claims: { iat: 1_000_000_000 } })],
    ['no nonce', () => ({ claims: { nonce: undefined } })],
    ['another type', () => ({ header: { typ: 'JWT' } })],
    ['a private key', () => ({ header: { jwk: place.key.privateJwk } })],
    ['both kid and jwk', () => ({ header: { kid: `${place.key.did}#0` } })],
    ['no key', () => ({ header: { jwk: undefined } })],
    ['a key of did:web', () => ({ header: { jwk: undefined, kid: 'did:web:example.com#0' } })],
    ['a key of another DID', () => ({ header: { jwk: undefined, kid: 'did:jwk:e30#0' } })],
  ])('%s is refused as invalid_proof', async (_, change) => {
    const { ask } = await open()
    const answer = await ask(await place.wallet.nonce(), await change())
    expect(answer).toMatchObject(refusal('invalid_proof'))
  })

  test('a key named by did:jwk is fine', async () => {
    const { ask } = await open()
    const header = { jwk: undefined, kid: `${place.key.did}#0` }
    expect((await ask(await place.wallet.nonce(), { header })).status).toBe(200)
  })

  test.each([
    ['fail-missing-proof', {}],
    ['an empty list', { proofs: { jwt: [] } }],
    ['two kinds at once', { proofs: { jwt: ['a.b.c'], di_vp: [{}] } }],
    ['the proof of a draft', { proof: { proof_type: 'jwt', jwt: 'a.b.c' } }],
    ['no JWT', { proofs: { jwt: ['a.b.c'] } }],
  ])('%s is refused as invalid_proof', async (_, more) => {
    const { json } = await open()
    const answer = await json({ credential_configuration_id: vcJwt, ...more })
    expect(answer).toMatchObject(refusal('invalid_proof'))
  })

  test('batch-issuance: a copy for each key, and one call revokes them all', async () => {
    const { wallet, server, content } = place
    const { code, made } = await wallet.offer(content())
    const token = await wallet.token(code)
    const nonce = await wallet.nonce()
    const keys = await Promise.all([newWalletKey(), newWalletKey(), newWalletKey()])
    const proofs = await Promise.all(keys.map((key) => wallet.proof(key, nonce)))
    const { status, json } = await wallet.credential(token, vcJwt, proofs)
    expect(status).toBe(200)
    const copies = (json['credentials'] as { credential: string }[]).map(({ credential }) =>
      decodeCredential(credential),
    )
    expect(copies.map((each) => each.credential.credentialSubject[0]?.id)).toEqual(
      keys.map(({ did }) => did),
    )
    expect(new Set(copies.map((each) => each.credential.id))).toEqual(new Set([made.credentialId]))

    await server.post('/credentials/status', {
      credentialId: made.credentialId,
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
      status: true,
    })
    const issuer = (await server.context.store.issuers.bySlug('greta'))!.id
    const stored = await server.context.store.credentials.byCredentialId(made.credentialId)
    expect(stored).toHaveLength(3)
    for (const entry of stored) {
      const { revocation } = await server.context.store.statuses.wanted(issuer, entry)
      expect(revocation).toBe(true)
    }
  })

  test('the same key twice', async () => {
    const { token } = await open()
    const nonce = await place.wallet.nonce()
    const proofs = await Promise.all([1, 2].map(() => place.wallet.proof(place.key, nonce)))
    const answer = await place.wallet.credential(token, vcJwt, proofs)
    expect(answer).toMatchObject(refusal('invalid_proof'))
  })

  test('more keys than the batch size', async () => {
    const { token } = await open()
    const nonce = await place.wallet.nonce()
    const keys = await Promise.all(Array.from({ length: 11 }, () => newWalletKey()))
    const proofs = await Promise.all(keys.map((key) => place.wallet.proof(key, nonce)))
    const answer = await place.wallet.credential(token, vcJwt, proofs)
    expect(answer).toMatchObject(refusal('invalid_proof'))
  })

  test('fail-unknown-credential-configuration', async () => {
    const { ask } = await open()
    const answer = await ask(await place.wallet.nonce(), {}, 'made-up')
    expect(answer).toMatchObject(refusal('unknown_credential_configuration'))
  })

  test('fail-unknown-credential-identifier', async () => {
    const { json } = await open()
    const answer = await json({ credential_identifier: 'made-up', proofs: { jwt: ['a.b.c'] } })
    expect(answer).toMatchObject(refusal('unknown_credential_identifier'))
  })

  test.each([
    ['neither configuration nor identifier', {}],
    ['both', { credential_configuration_id: vcJwt, credential_identifier: 'a' }],
  ])('%s', async (_, body) => {
    const { json } = await open()
    expect(await json(body)).toMatchObject(refusal('invalid_credential_request'))
  })

  test('fail-request-with-access-token-in-query', async () => {
    const { token } = await open()
    const answer = await place.wallet.json(`credential?access_token=${token}`, {})
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer, DPoP/)
  })

  test('a wrong access token', async () => {
    const { json } = await open()
    const answer = await json({}, { authorization: 'Bearer made-up' })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  test('a token of another issuer', async () => {
    const { token } = await open()
    const other = `${place.server.baseUrl}/issuers/other/credential`
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(other, { method: 'POST', body: '{}', headers })
    expect(answer.status).toBe(401)
  })
})

describe('the token endpoint', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a wrong code', { 'pre-authorized_code': 'made-up' }, 'invalid_grant'],
    ['no code', { 'pre-authorized_code': '' }, 'invalid_request'],
    ['a code that nobody asked for', { tx_code: '123456' }, 'invalid_request'],
    ['another grant', { grant_type: 'client_credentials' }, 'unsupported_grant_type'],
  ])('refuses %s', async (_, change, error) => {
    const { code } = await place.wallet.offer(place.content())
    expect(await place.wallet.redeem(code, change)).toMatchObject(refusal(error))
  })

  test('refuses a missing tx_code, and a wrong one', async () => {
    const { code, made } = await place.wallet.offer(place.content(), { txCode: true })
    const wrong = made.txCode === '000000' ? '000001' : '000000'
    expect(await place.wallet.redeem(code)).toMatchObject(refusal('invalid_request'))
    expect(await place.wallet.redeem(code, { tx_code: wrong })).toMatchObject(
      refusal('invalid_grant'),
    )
  })

  test('voids an offer whose tx_code is guessed at', async () => {
    const { code, made } = await place.wallet.offer(place.content(), { txCode: true })
    const wrong = made.txCode === '000000' ? '000001' : '000000'
    for (let i = 0; i < 5; i++) await place.wallet.redeem(code, { tx_code: wrong })
    const right = await place.wallet.redeem(code, { tx_code: made.txCode! })
    expect(right).toMatchObject(refusal('invalid_grant'))
  })

  test('refuses a code that was used', async () => {
    const { code } = await place.wallet.offer(place.content())
    await place.wallet.token(code)
    expect(await place.wallet.redeem(code)).toMatchObject(refusal('invalid_grant'))
  })

  test('refuses a code that has expired', async () => {
    const { code } = await place.wallet.offer(place.content(), { expiresInSeconds: 60 })
    place.server.desk.wait(61)
    expect(await place.wallet.redeem(code)).toMatchObject(refusal('invalid_grant'))
  })

  test('refuses a parameter that stands there twice', async () => {
    const { wallet } = place
    const body = new URLSearchParams([
      ['grant_type', 'a'],
      ['grant_type', 'b'],
    ])
    const answer = await wallet.ask(`${wallet.issuer}/token`, { method: 'POST', body })
    expect(answer).toMatchObject(refusal('invalid_request'))
  })
})
