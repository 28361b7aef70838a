import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeCredential } from '#sdk'
import { startIssuance, credentialIn, vcJwt } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startIssuance>>
beforeAll(async () => {
  place = await startIssuance()
})
afterAll(() => place.server.stop())

describe('an offer that needs approval', () => {
  test('is promised first, and issued once approved', async () => {
    const { code, made } = await place.wallet.offer(place.content(), { needsApproval: true })
    const { token, answer } = await place.wallet.receive(code, vcJwt, place.key)
    expect(answer).toMatchObject({ status: 202, json: { interval: 30 } })
    const authorization = `Bearer ${token}`
    const asked = { transaction_id: answer.json['transaction_id'] }
    const later = () => place.wallet.json('deferred-credential', asked, { authorization })
    expect(await later()).toMatchObject({ status: 202, json: asked })

    const decided = await place.server.post(`/offers/${made.id}/decision`, { approved: true })
    expect(decided.json).toMatchObject({ configurations: { [vcJwt]: { state: 'issued' } } })
    const { status, json } = await later()
    expect(status).toBe(200)
    expect(decodeCredential(credentialIn(json)).credential.id).toBe(made.credentialId)
    expect(await later()).toMatchObject({ status: 400, json: { error: 'invalid_transaction_id' } })
  })

  test('brings the receipt when it is final by then', async () => {
    const { code, made } = await place.wallet.offer(place.content(), { needsApproval: true })
    const { token, answer } = await place.wallet.receive(code, vcJwt, place.key)
    await place.server.post(`/offers/${made.id}/decision`, { approved: true })
    await place.server.settle()
    const { json } = await place.wallet.json(
      'deferred-credential',
      { transaction_id: answer.json['transaction_id'] },
      { authorization: `Bearer ${token}` },
    )
    expect(json).toMatchObject({ credentials: [{ receipt: { format: 'vc+jwt' } }] })
  })

  test('is denied once refused', async () => {
    const { code, made } = await place.wallet.offer(place.content(), { needsApproval: true })
    const { token, answer } = await place.wallet.receive(code, vcJwt, place.key)
    await place.server.post(`/offers/${made.id}/decision`, { approved: false })
    const later = await place.wallet.json(
      'deferred-credential',
      { transaction_id: answer.json['transaction_id'] },
      { authorization: `Bearer ${token}` },
    )
    expect(later).toMatchObject({ status: 400, json: { error: 'credential_request_denied' } })
  })

  test('gives nothing for a transaction of nobody', async () => {
    const { code } = await place.wallet.offer(place.content())
    const later = await place.wallet.json(
      'deferred-credential',
      { transaction_id: 'made-up' },
      { authorization: `Bearer ${await place.wallet.token(code)}` },
    )
    expect(later).toMatchObject({ status: 400, json: { error: 'invalid_transaction_id' } })
  })
})
