import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { token } from '../../support/server.ts'
import { startPresenting, type RequestClaims } from '../../support/presenting.ts'
import { livret } from '../../support/terminal.ts'

let place: Awaited<ReturnType<typeof startPresenting>>
let folder: string
let file: string
beforeAll(async () => {
  place = await startPresenting()
  folder = await mkdtemp(join(tmpdir(), 'livret-cli-'))
  file = join(folder, 'query.json')
  await writeFile(file, JSON.stringify(place.queryFor('dc+sd-jwt')))
})
afterAll(async () => {
  await place.server.stop()
  await rm(folder, { recursive: true })
})

const run = (...args: string[]) =>
  livret(args, { env: { LIVRET_URL: place.server.baseUrl, LIVRET_TOKEN: token } })

async function ask(...options: string[]) {
  const { out } = await run('request', '--query', file, ...options)
  const [first = '', uri = ''] = out.trim().split('\n')
  const [, state = ''] = /^STATE=([\w-]+)$/.exec(first) ?? []
  const response = await fetch(new URL(uri).searchParams.get('request_uri')!)
  return { state, uri, claims: decodeJwt<RequestClaims>(await response.text()) }
}

describe('livret request and result', () => {
  test('ask, and say what came of it', async () => {
    const { state, uri, claims } = await ask()
    expect(uri).toMatch(/^openid4vp:\/\/\?client_id=decentralized_identifier/)
    expect(await run('result', state)).toMatchObject({ code: 2, out: 'open' })
    const vp_token = { training: [await place.present('dc+sd-jwt', claims)] }
    await place.answer(claims, { vp_token, state: claims.state })
    const { code, out } = await run('result', state)
    expect(code).toBe(0)
    expect(out.trim().split('\n')).toEqual(['valid', `training\t${place.key.did}\tvalid`])
    const { out: json } = await run('result', state, '--json')
    expect(JSON.parse(json)).toMatchObject({ result: { presentations: [{ query: 'training' }] } })
  })

  test('want the code of a browser that comes back', async () => {
    const redirect = ['--redirect', 'https://employer.example/back']
    const { state, claims } = await ask(
      ...redirect,
      '--client',
      'x509_hash',
      '--mode',
      'direct_post',
    )
    const vp_token = { training: [await place.present('dc+sd-jwt', claims)] }
    const { json } = await place.answer(claims, { vp_token, state: claims.state })
    const [, code = ''] = (json['redirect_uri'] as string).split('=')
    expect((await run('result', state)).code).toBe(1)
    expect((await run('result', state, '--code', code)).code).toBe(0)
  })

  test('tell of a holder who declined', async () => {
    const { state, claims } = await ask()
    await place.answer(claims, { error: 'access_denied', state: claims.state })
    const { code, out } = await run('result', state)
    expect({ code, out }).toMatchObject({ code: 1, out: 'declined: access_denied' })
  })

  test.each([
    [['request']],
    [['request', '--query', 'nowhere']],
    [['result']],
    [['result', 'a', 'b']],
  ])('%j exits with 64', async (args) => {
    expect((await run(...args)).code).toBe(64)
  })

  test('exit with 1 for an unknown state', async () => {
    expect((await run('result', 'made-up')).code).toBe(1)
  })
})
