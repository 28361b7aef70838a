import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { RegistryError } from '#sdk'
import { changeProgress, type Progress } from '../../../server/wallet-flows/issuance.ts'
import { credentialIn, newWalletKey, startIssuance, vcJwt } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startIssuance>>
beforeAll(async () => {
  place = await startIssuance()
})
afterAll(() => place.server.stop())

/** As a process leaves an offer that died while it issued. */
const dies = (id: string, secondsAgo: number, more: Partial<Progress> = {}) =>
  changeProgress(place.server.context, id, vcJwt, () => ({
    state: 'issuing',
    since: place.server.context.now().getTime() - 1000 * secondsAgo,
    ...more,
  }))

describe('a process that dies while it issues', () => {
  test('leaves what the next one issues, after five minutes', async () => {
    const { code, made } = await place.wallet.offer(place.content())
    const token = await place.wallet.token(code)
    const ask = async () => {
      const proof = await place.wallet.proof(place.key, await place.wallet.nonce())
      return place.wallet.credential(token, vcJwt, [proof])
    }
    await dies(made.id, 299)
    expect(await ask()).toMatchObject({ status: 400, json: { error: 'credential_request_denied' } })
    await dies(made.id, 301)
    expect(await ask()).toMatchObject({ status: 200 })
    expect(await ask()).toMatchObject({ status: 400, json: { error: 'credential_request_denied' } })
  })

  test('has its credential handed out if it was stored, to the same key only', async () => {
    const { code, made } = await place.wallet.offer(place.content())
    const { token, credential } = await place.wallet.receive(code, vcJwt, place.key)
    await dies(made.id, 301)
    const other = await newWalletKey()
    const foreign = await place.wallet.proof(other, await place.wallet.nonce())
    expect(await place.wallet.credential(token, vcJwt, [foreign])).toMatchObject({ status: 400 })

    await dies(made.id, 301)
    const proof = await place.wallet.proof(place.key, await place.wallet.nonce())
    const again = await place.wallet.credential(token, vcJwt, [proof])
    expect(again.status).toBe(200)
    expect(credentialIn(again.json)).toBe(credential)
  })

  test('loses nothing that was promised where the database is away for a moment', async () => {
    const { code, made } = await place.wallet.offer(place.content(), { needsApproval: true })
    const { token, answer } = await place.wallet.receive(code, vcJwt, place.key)
    await place.server.post(`/offers/${made.id}/decision`, { approved: true })
    const ask = () =>
      place.wallet.json(
        'deferred-credential',
        { transaction_id: answer.json['transaction_id'] },
        { authorization: `Bearer ${token}` },
      )
    const away = new RegistryError('STORE_UNREACHABLE', { reason: 'away' })
    const { credentials } = place.server.context.store
    const reading = vi.spyOn(credentials, 'byLocator').mockRejectedValueOnce(away)
    expect(await ask()).toMatchObject({ status: 503 })
    reading.mockRestore()
    expect(await ask()).toMatchObject({ status: 200 })
  })

  test('is followed by whoever approves again', async () => {
    const { code, made } = await place.wallet.offer(place.content(), { needsApproval: true })
    await place.wallet.receive(code, vcJwt, place.key)
    const decide = () => place.server.post(`/offers/${made.id}/decision`, { approved: true })
    const holders = [place.key.did] as Progress['holders']
    await dies(made.id, 10, { holders })
    expect((await decide()).json).toMatchObject({
      configurations: { [vcJwt]: { state: 'issuing' } },
    })
    await dies(made.id, 301, { holders })
    expect((await decide()).json).toMatchObject({
      configurations: { [vcJwt]: { state: 'issued' } },
    })
    await dies(made.id, 301, { holders })
    expect((await decide()).json).toMatchObject({
      configurations: { [vcJwt]: { state: 'issued' } },
    })
  })
})
