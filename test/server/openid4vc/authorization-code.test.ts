import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startIssuance, vcJwt } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startIssuance>>
beforeAll(async () => {
  place = await startIssuance()
})
afterAll(() => place.server.stop())

const redirect = 'https://wallet.example/back?from=livret'
const refusal = (error: string) => ({ status: 400, json: { error } })

async function open() {
  const { issuerState } = await place.wallet.offer(place.content(), { signIn: true })
  const verifier = randomBytes(32).toString('base64url')
  const request: Record<string, string> = {
    client_id: 'a-wallet',
    response_type: 'code',
    redirect_uri: redirect,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'mine',
    issuer_state: issuerState,
  }
  return { verifier, request }
}

/** From an offer to a code, as wallet and browser do it together. */
async function signIn() {
  const { verifier, request } = await open()
  const pushed = await place.wallet.form('par', request)
  const back = { client_id: 'a-wallet', request_uri: pushed.json['request_uri'] as string }
  const url = `${place.wallet.issuer}/authorize`
  const page = await fetch(`${url}?${new URLSearchParams(back)}`)
  const press = () =>
    fetch(url, { method: 'POST', body: new URLSearchParams(back), redirect: 'manual' })
  const pressed = await press()
  const location = new URL(pressed.headers.get('location') ?? 'about:blank')
  const code = location.searchParams.get('code') ?? ''
  const redeem = (change: Record<string, string> = {}) =>
    place.wallet.form('token', {
      grant_type: 'authorization_code',
      code,
      client_id: 'a-wallet',
      redirect_uri: redirect,
      code_verifier: verifier,
      ...change,
    })
  return { pushed, page, press, pressed, location, redeem }
}

describe('an offer whose holder signs in', () => {
  test('leads by a pushed request, a page and a code to the credential', async () => {
    const { pushed, page, pressed, location, redeem } = await signIn()
    expect(pushed).toMatchObject({ status: 201, json: { expires_in: 90 } })
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(pressed.status).toBe(303)
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      from: 'livret',
      state: 'mine',
      iss: place.wallet.issuer,
    })
    const { json } = await redeem()
    const token = json['access_token'] as string
    const proof = await place.wallet.proof(place.key, await place.wallet.nonce())
    expect((await place.wallet.credential(token, vcJwt, [proof])).status).toBe(200)
  })

  test('is said to be possible in the metadata', async () => {
    const { json } = await place.server.get('/.well-known/oauth-authorization-server/issuers/greta')
    expect(json).toMatchObject({
      require_pushed_authorization_requests: true,
      code_challenge_methods_supported: ['S256'],
      pushed_authorization_request_endpoint: `${place.wallet.issuer}/par`,
    })
  })

  test('has no pre-authorized code', async () => {
    const { issuerState } = await place.wallet.offer(place.content(), { signIn: true })
    expect(await place.wallet.redeem(issuerState)).toMatchObject(refusal('invalid_grant'))
  })

  test.each([
    ['another verifier', { code_verifier: 'A'.repeat(43) }],
    ['another client', { client_id: 'another' }],
    ['another address', { redirect_uri: 'https://other.example' }],
    ['another code', { code: 'made-up' }],
  ])('refuses %s, and the code is gone', async (_, change) => {
    const { redeem } = await signIn()
    expect(await redeem(change)).toMatchObject(refusal('invalid_grant'))
    if (!('code' in change)) expect(await redeem()).toMatchObject(refusal('invalid_grant'))
  })

  test('takes a code, a request and an offer once', async () => {
    const { redeem, press } = await signIn()
    expect((await redeem()).status).toBe(200)
    expect(await redeem()).toMatchObject(refusal('invalid_grant'))
    expect((await press()).status).toBe(400)
  })

  test.each([
    ['no PKCE', { code_challenge: '' }],
    ['plain PKCE', { code_challenge_method: 'plain' }],
    ['an unknown offer', { issuer_state: 'made-up' }],
    ['an address of script', { redirect_uri: 'javascript:alert(1)' }],
    ['another response type', { response_type: 'token' }],
  ])('refuses a pushed request with %s', async (_, change) => {
    const { request } = await open()
    const answer = await place.wallet.form('par', { ...request, ...change })
    expect(answer).toMatchObject(refusal('invalid_request'))
  })

  test('shows no page for a request that nobody pushed', async () => {
    const query = new URLSearchParams({ client_id: 'a-wallet', request_uri: 'urn:made-up' })
    expect((await fetch(`${place.wallet.issuer}/authorize?${query}`)).status).toBe(400)
  })
})
