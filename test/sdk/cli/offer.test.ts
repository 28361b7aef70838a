import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { token } from '../../support/server.ts'
import { livret } from '../../support/terminal.ts'
import { preAuthorized, startIssuance, vcJwt, type Offer } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startIssuance>>
let folder: string
let file: string
beforeAll(async () => {
  place = await startIssuance()
  folder = await mkdtemp(join(tmpdir(), 'livret-cli-'))
  file = join(folder, 'content.json')
  await writeFile(file, JSON.stringify(place.content()))
})
afterAll(async () => {
  await place.server.stop()
  await rm(folder, { recursive: true })
})

const run = (...args: string[]) =>
  livret(['offer', ...args], { env: { LIVRET_URL: place.server.baseUrl, LIVRET_TOKEN: token } })

async function read(uri: string): Promise<Offer> {
  const response = await fetch(new URL(uri).searchParams.get('credential_offer_uri')!)
  return (await response.json()) as Offer
}

describe('livret offer', () => {
  test('prints a URI that a wallet can take up', async () => {
    const { code, out } = await run('--credential', file)
    expect(code).toBe(0)
    const offer = await read(out.trim())
    const { answer } = await place.wallet.receive(
      offer.grants[preAuthorized]!['pre-authorized_code'],
      vcJwt,
      place.key,
    )
    expect(answer.status).toBe(200)
  })

  test('prints the code on a line before the URI when asked', async () => {
    const { out } = await run('--credential', file, '--tx-code', '--format', 'vc+jwt')
    const [first = '', uri = ''] = out.trim().split('\n')
    const [, txCode = ''] = /^TX_CODE=(\d{6})$/.exec(first) ?? []
    const offer = await read(uri)
    expect(offer.credential_configuration_ids).toEqual([vcJwt])
    const more = { tx_code: txCode }
    const code = offer.grants[preAuthorized]!['pre-authorized_code']
    const { answer } = await place.wallet.receive(code, vcJwt, place.key, more)
    expect(answer.status).toBe(200)
  })

  test('needs no issuer where there is one only', async () => {
    const anonymous = { ...place.content(), issuer: undefined }
    const other = join(folder, 'anonymous.json')
    await writeFile(other, JSON.stringify(anonymous))
    expect((await run('--credential', other)).code).toBe(0)
  })

  test.each([[[]], [['--credential', 'nowhere.json']], [['--credential', 'package.json', 'more']]])(
    '%j exits with 64',
    async (args) => {
      expect((await run(...args)).code).toBe(64)
    },
  )

  test('exits with 1 where the issuer may not', async () => {
    const other = join(folder, 'other.json')
    await writeFile(other, JSON.stringify({ ...place.content(), credentialSubject: [] }))
    const { code, err } = await run('--credential', other)
    expect(code).toBe(1)
    expect(err).toContain('credentialSubject')
  })
})
