import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeCredential } from '#sdk'
import {
  startIssuance,
  credentialIn,
  newWalletKey,
  preAuthorized,
  vcJwt,
} from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startIssuance>>
beforeAll(async () => {
  place = await startIssuance()
})
afterAll(() => place.server.stop())

describe('an offer', () => {
  test('is made by whoever has the token only', async () => {
    const { status } = await place.wallet.json('offers', { credential: place.content() })
    expect(status).toBe(401)
  })

  test('is refused where the credential could not be issued', async () => {
    const { status } = await place.server.post('/issuers/greta/offers', {
      credential: { ...place.content(), type: ['VerifiableCredential', 'OpenBadgeCredential'] },
    })
    expect(status).toBe(409)
  })

  test('shows no personal data in its URI', async () => {
    const { made } = await place.wallet.offer(place.content())
    expect(decodeURIComponent(made.uri)).toMatch(
      /^openid-credential-offer:\/\/\?credential_offer_uri=http:\/\/localhost:\d+\/issuers\/greta\/offers\/[\w-]{43}$/,
    )
  })

  test('leads to a credential for the wallet’s key, signed and stored as any other', async () => {
    const { code, made } = await place.wallet.offer(place.content())
    const { answer, credential } = await place.wallet.receive(code, vcJwt, place.key)
    expect(answer.status).toBe(200)
    const decoded = decodeCredential(credential)
    expect(decoded).toMatchObject({
      format: 'vc+jwt',
      issuer: place.issuer.did,
      credential: { id: made.credentialId, credentialSubject: [{ id: place.key.did }] },
    })
    const { status, json } = await place.server.post('/credentials/verify', {
      verifiableCredential: credential,
      options: { checks: ['proof'] },
    })
    expect({ status, json }).toMatchObject({ status: 200, json: { verified: true } })
  })

  test('gives the same award in another format, so that one call revokes both', async () => {
    const { code, made } = await place.wallet.offer(place.content())
    const { token, credential } = await place.wallet.receive(code, vcJwt, place.key)
    const proof = await place.wallet.proof(place.key, await place.wallet.nonce())
    const other = await place.wallet.credential(token, 'TrainingCertificate_jwt_vc_json', [proof])
    const decoded = [credential, credentialIn(other.json)].map((each) => decodeCredential(each))
    expect(decoded.map(({ format }) => format)).toEqual(['vc+jwt', 'jwt_vc_json'])
    expect(new Set(decoded.map((each) => each.credential.id))).toEqual(new Set([made.credentialId]))
  })

  test('issues each configuration once', async () => {
    const { code } = await place.wallet.offer(place.content())
    const { token } = await place.wallet.receive(code, vcJwt, place.key)
    const proof = await place.wallet.proof(place.key, await place.wallet.nonce())
    const again = await place.wallet.credential(token, vcJwt, [proof])
    expect(again).toMatchObject({ status: 400, json: { error: 'credential_request_denied' } })
  })

  test('for a named holder is for no other', async () => {
    const other = await newWalletKey()
    const named = {
      ...place.content(),
      credentialSubject: { ...place.content().credentialSubject, id: other.did },
    }
    const { code } = await place.wallet.offer(named)
    const { answer } = await place.wallet.receive(code, vcJwt, place.key)
    expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_proof' } })
  })

  test('forgets the content once everything is issued', async () => {
    const { code, made } = await place.wallet.offer(place.content(), { formats: ['vc+jwt'] })
    await place.wallet.receive(code, vcJwt, place.key)
    const flow = await place.server.context.store.flows.byId(made.id)
    expect(JSON.stringify(flow)).not.toContain('Conduite')
  })

  test('leaves neither codes nor tokens in the log', async () => {
    const { code } = await place.wallet.offer(place.content())
    const { token } = await place.wallet.receive(code, vcJwt, place.key)
    const logged = JSON.stringify(place.server.logged)
    expect(logged).not.toContain(code)
    expect(logged).not.toContain(token)
    expect(logged).not.toContain(place.key.did)
  })
})

describe('the notification endpoint', () => {
  test('notes what became of a credential', async () => {
    const { code, made } = await place.wallet.offer(place.content())
    const { token, answer } = await place.wallet.receive(code, vcJwt, place.key)
    const note = { notification_id: answer.json['notification_id'], event: 'credential_accepted' }
    const authorization = `Bearer ${token}`
    expect((await place.wallet.json('notification', note, { authorization })).status).toBe(204)
    expect((await place.wallet.json('notification', note, { authorization })).status).toBe(204)
    const { json } = await place.server.get(`/offers/${made.id}`)
    expect(json).toMatchObject({ configurations: { [vcJwt]: { event: 'credential_accepted' } } })
  })

  test.each([
    [
      'an unknown id',
      { notification_id: 'x', event: 'credential_accepted' },
      'invalid_notification_id',
    ],
    ['an unknown event', { notification_id: 'x', event: 'lost' }, 'invalid_notification_request'],
    ['no id', { event: 'credential_accepted' }, 'invalid_notification_request'],
  ])('refuses %s', async (_, note, error) => {
    const { code } = await place.wallet.offer(place.content())
    const authorization = `Bearer ${await place.wallet.token(code)}`
    const answer = await place.wallet.json('notification', note, { authorization })
    expect(answer).toMatchObject({ status: 400, json: { error } })
  })
})

describe('authorization details', () => {
  const details = (id: string) =>
    JSON.stringify([{ type: 'openid_credential', credential_configuration_id: id }])

  test('give identifiers, which the credential request must use', async () => {
    const { code } = await place.wallet.offer(place.content())
    const { json } = await place.wallet.redeem(code, { authorization_details: details(vcJwt) })
    const [
      {
        credential_identifiers: [identifier],
      },
    ] = json['authorization_details'] as [{ credential_identifiers: [string] }]
    const authorization = `Bearer ${json['access_token'] as string}`
    const proofs = async () => ({
      jwt: [await place.wallet.proof(place.key, await place.wallet.nonce())],
    })
    const ask = async (by: object) =>
      place.wallet.json('credential', { ...by, proofs: await proofs() }, { authorization })
    expect(await ask({ credential_configuration_id: vcJwt })).toMatchObject({
      status: 400,
      json: { error: 'invalid_credential_request' },
    })
    expect(await ask({ credential_identifier: 'made-up' })).toMatchObject({
      status: 400,
      json: { error: 'unknown_credential_identifier' },
    })
    expect((await ask({ credential_identifier: identifier })).status).toBe(200)
  })

  test('for what is not offered are refused', async () => {
    const { code } = await place.wallet.offer(place.content(), { formats: ['vc+jwt'] })
    const { json } = await place.wallet.redeem(code, {
      authorization_details: details('TrainingCertificate_jwt_vc_json'),
    })
    expect(json['error']).toBe('invalid_authorization_details')
  })
})

test('a code is good for whichever server process gets it', async () => {
  const { code } = await place.wallet.offer(place.content())
  const other = await place.server.desk.another()
  expect(await other.flows.bySecret('pre-authorized-code', code)).toBeDefined()
  expect(
    (await place.wallet.form('token', { grant_type: preAuthorized, 'pre-authorized_code': code }))
      .status,
  ).toBe(200)
})
