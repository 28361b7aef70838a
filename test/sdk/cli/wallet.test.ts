import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { livret } from '../../support/terminal.ts'
import { startPresenting } from '../../support/presenting.ts'

let place: Awaited<ReturnType<typeof startPresenting>>
let folder: string
beforeAll(async () => {
  place = await startPresenting()
})
afterAll(() => place.server.stop())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livret-wallet-'))
  return () => rm(folder, { recursive: true })
})

const run = (args: string[], env: Record<string, string> = {}) =>
  livret(['wallet', ...args], {
    env: { LIVRET_DEV: '1', LIVRET_WALLET: join(folder, 'wallet.json'), ...env },
    now: () => place.server.context.now().getTime(),
  })

async function offer(options: object = {}) {
  const { made } = await place.wallet.offer(place.content(), options)
  return made
}

describe('livret wallet', () => {
  test.each(['dc+sd-jwt', 'vc+jwt', 'jwt_vc_json'])(
    'receives %s, and shows it to a verifier',
    async (format) => {
      const { uri, txCode } = await offer({ txCode: true })
      const received = await run(['receive', uri, '--tx-code', txCode!, '--format', format])
      expect(received).toMatchObject({ code: 0, out: expect.stringContaining(format) as string })
      expect((await run(['list'])).out).toContain('Conduite de chariots')
      await place.server.settle()

      const { uri: request, state } = await place.request(place.queryFor(format))
      const presented = await run(['present', request])
      expect(presented.code).toBe(0)
      expect(presented.out).toContain('credentialSubject.achievement.name')
      expect(await place.result(state)).toMatchObject({
        json: { state: 'answered', result: { verdict: 'valid' } },
      })
    },
  )

  test('keeps keys to itself, in a file for its owner only', async () => {
    await run(['receive', (await offer()).uri])
    expect((await run(['list', '--json'])).out).not.toContain('privateJwk')
    expect((await stat(join(folder, 'wallet.json'))).mode & 0o777).toBe(0o600)
  })

  test('is sealed by a passphrase, and moves elsewhere with it', async () => {
    const sealed = { LIVRET_WALLET_PASSPHRASE: 'correct horse battery' }
    await run(['receive', (await offer()).uri], sealed)
    const file = join(folder, 'wallet.json')
    expect(await readFile(file, 'utf8')).not.toContain('dc+sd-jwt')
    expect((await run(['list'])).code).toBe(64)
    expect((await run(['list'], { LIVRET_WALLET_PASSPHRASE: 'another one' })).code).toBe(1)

    const moved = join(folder, 'moved')
    expect((await run(['export', moved], sealed)).code).toBe(0)
    const there = { ...sealed, LIVRET_WALLET: join(folder, 'there.json') }
    expect((await run(['import', moved], there)).out).toBe('1 added')
    expect((await run(['import', moved], there)).out).toBe('0 added')
    expect((await run(['list'], there)).out).toBe((await run(['list'], sealed)).out)
  })

  test('tells what the issuer says of a wrong code', async () => {
    const { uri, txCode } = await offer({ txCode: true })
    const wrong = txCode === '000000' ? '000001' : '000000'
    const { code, err } = await run(['receive', uri, '--tx-code', wrong])
    expect(code).toBe(1)
    expect(err).toContain('invalid_grant')
  })

  test('says that an approval is awaited', async () => {
    const { uri } = await offer({ needsApproval: true })
    expect((await run(['receive', uri])).err).toContain('issuance_pending')
  })

  test('shows nothing where nothing answers', async () => {
    await run(['receive', (await offer()).uri])
    const { uri } = await place.request(place.queryFor('ldp_vc'))
    const { code, err } = await run(['present', uri])
    expect(code).toBe(1)
    expect(err).toContain('nothing in the wallet')
  })

  test('talks to nobody over plain HTTP unless it is for development', async () => {
    const { uri } = await offer()
    expect((await run(['receive', uri], { LIVRET_DEV: '' })).err).toContain('https')
  })

  test('refuses a request under another name than it is signed with', async () => {
    const { uri } = await place.request(place.queryFor('vc+jwt'))
    const forged = uri.replace('verifier', 'issuers%3Agreta')
    expect(await run(['present', forged])).toMatchObject({ code: 1 })
  })

  test('knows no verifiers by certificates', async () => {
    const options = { clientIdPrefix: 'x509_hash' }
    const { uri } = await place.request(place.queryFor('vc+jwt'), options)
    expect((await run(['present', uri])).err).toContain('invalid_client')
  })

  test.each([[[]], [['receive']], [['present']], [['list', 'a']], [['export', 'x']], [['burn']]])(
    '%j exits with 64',
    async (args) => {
      expect((await run(args)).code).toBe(64)
    },
  )
})
