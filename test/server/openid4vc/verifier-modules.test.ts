/**
 * The OpenID Foundation's test modules for OpenID4VP 1.0 verifiers, by their names: what is not proven
 * is refused, with the code of the check that failed.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { SignJWT, decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPresenting, type RequestClaims } from '../../support/presenting.ts'
import { newWalletKey, type WalletKey } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startPresenting>>
beforeAll(async () => {
  place = await startPresenting()
})
afterAll(() => place.server.stop())

const sd = 'dc+sd-jwt'

/** Asks for one credential, and answers with what `make` makes of the request. */
async function answerWith(
  format: string,
  make: (claims: RequestClaims) => Promise<string> | string,
  responseMode = 'direct_post',
) {
  const { claims } = await place.request(place.queryFor(format), { responseMode })
  const vp_token = { training: [await make(claims)] }
  return place.answer(claims, { vp_token, state: claims.state })
}
const refusal = (check?: string) => ({
  status: 400,
  json: { error: 'invalid_request', ...(check !== undefined && { check }) },
})

/** The credential without its key binding, with another one. */
async function bound(
  { client_id: aud, nonce }: RequestClaims,
  change: object = {},
  by: WalletKey = place.key,
) {
  const credential = place.held[sd]!.slice(0, place.held[sd]!.indexOf('~') + 1)
  const sd_hash = createHash('sha256').update(credential).digest('base64url')
  const iat = Math.floor(place.server.context.now().getTime() / 1000)
  const jwt = await new SignJWT({ aud, nonce, iat, sd_hash, ...change })
    .setProtectedHeader({ alg: 'ES256', typ: 'kb+jwt' })
    .sign(by.privateJwk)
  return credential + jwt
}

/** The same token with one character of its signature changed. */
function broken(jws: string): string {
  const at = jws.lastIndexOf('.') + 10
  return jws.slice(0, at) + (jws[at] === 'A' ? 'B' : 'A') + jws.slice(at + 1)
}

describe('oid4vp-1final-verifier', () => {
  test('happy-flow, with a key binding by hand', async () => {
    expect((await answerWith(sd, (claims) => bound(claims))).status).toBe(200)
  })

  test.each<[string, object, string]>([
    ['invalid-kb-jwt-nonce', { nonce: 'another' }, 'CHALLENGE_MISMATCH'],
    ['invalid-kb-jwt-aud', { aud: 'x509_hash:another' }, 'DOMAIN_MISMATCH'],
    ['kb-jwt-iat-in-past', { iat: 1_700_000_000 }, 'EXPIRED'],
    ['kb-jwt-iat-in-future', { iat: 1_900_000_000 }, 'NOT_YET_VALID'],
    ['invalid-sd-hash', { sd_hash: 'A'.repeat(43) }, 'KEY_BINDING_MISMATCH'],
  ])('%s', async (_, change, check) => {
    expect(await answerWith(sd, (claims) => bound(claims, change))).toMatchObject(refusal(check))
  })

  test('invalid-kb-jwt-signature', async () => {
    const answer = await answerWith(sd, async (claims) => broken(await bound(claims)))
    expect(answer).toMatchObject(refusal('SIGNATURE_INVALID'))
  })

  test('invalid-kb-jwt-signature: the key of another holder', async () => {
    const other = await newWalletKey()
    const answer = await answerWith(sd, (claims) => bound(claims, {}, other))
    expect(answer).toMatchObject(refusal('SIGNATURE_INVALID'))
  })

  test('invalid-credential-signature', async () => {
    const [jwt = ''] = place.held[sd]!.split('~')
    const answer = await answerWith(sd, async (claims) => {
      const whole = await bound(claims)
      const forged = `${broken(jwt)}~`
      const sd_hash = createHash('sha256').update(forged).digest('base64url')
      const binding = decodeJwt(whole.slice(whole.lastIndexOf('~') + 1))
      const signed = await new SignJWT({ ...binding, sd_hash })
        .setProtectedHeader({ alg: 'ES256', typ: 'kb+jwt' })
        .sign(place.key.privateJwk)
      return forged + signed
    })
    expect(answer).toMatchObject(refusal('SIGNATURE_INVALID'))
  })

  test('no key binding', async () => {
    const answer = await answerWith(sd, () => place.held[sd]!)
    expect(answer).toMatchObject(refusal('FORMAT_UNKNOWN'))
  })

  test('a response that was sent before', async () => {
    const { claims } = await place.request(place.queryFor(sd), { responseMode: 'direct_post' })
    const members = { vp_token: { training: [await bound(claims)] }, state: claims.state }
    expect((await place.answer(claims, members)).status).toBe(200)
    expect(await place.answer(claims, members)).toMatchObject(refusal())
  })

  test('a response to another request', async () => {
    const other = await place.request(place.queryFor(sd), { responseMode: 'direct_post' })
    const answer = await answerWith(sd, () => bound(other.claims))
    expect(answer).toMatchObject(refusal('CHALLENGE_MISMATCH'))
  })

  test('of two answers at the same time one counts', async () => {
    const { claims } = await place.request(place.queryFor(sd), { responseMode: 'direct_post' })
    const members = { vp_token: { training: [await bound(claims)] }, state: claims.state }
    const answers = await Promise.all([1, 2, 3].map(() => place.answer(claims, members)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400])
  })
})

describe.each(['vc+jwt', 'jwt_vc_json'])('a presentation of %s', (format) => {
  test.each<[string, (claims: RequestClaims) => Promise<string> | string, string]>([
    [
      'another nonce',
      (claims) => place.present(format, { ...claims, nonce: 'x' }),
      'CHALLENGE_MISMATCH',
    ],
    [
      'for another verifier',
      (claims) => place.present(format, { ...claims, client_id: 'x' }),
      'DOMAIN_MISMATCH',
    ],
    ['a year old', (claims) => place.present(format, claims, { at: -31_536_000 }), 'EXPIRED'],
    [
      'a broken signature',
      async (claims) => broken(await place.present(format, claims)),
      'SIGNATURE_INVALID',
    ],
    [
      'the key of another holder',
      async (claims) => place.present(format, claims, { by: await newWalletKey() }),
      'HOLDER_MISMATCH',
    ],
    [
      'a credential with a broken signature',
      (claims) => place.present(format, claims, { credential: broken(place.held[format]!) }),
      'SIGNATURE_INVALID',
    ],
    ['the bare credential', () => place.held[format]!, 'FORMAT_UNKNOWN'],
  ])('%s is refused', async (_, make, check) => {
    expect(await answerWith(format, make)).toMatchObject(refusal(check))
  })
})

describe('an answer is refused', () => {
  const ask = () => place.request(place.queryFor(sd), { responseMode: 'direct_post' })

  test('with an unknown state', async () => {
    const { claims } = await ask()
    const vp_token = { training: [await bound(claims)] }
    expect(await place.answer(claims, { vp_token, state: 'made-up' })).toMatchObject(refusal())
    expect(await place.answer(claims, { vp_token })).toMatchObject(refusal())
  })

  test('at an unknown place', async () => {
    const { claims } = await ask()
    const response_uri = `${place.server.baseUrl}/verifier/responses/made-up`
    expect(await place.answer({ ...claims, response_uri }, {})).toMatchObject(refusal())
  })

  test('after the request has expired', async () => {
    const { claims } = await ask()
    place.server.desk.wait(601)
    const vp_token = { training: [await bound(claims)] }
    expect(await place.answer(claims, { vp_token, state: claims.state })).toMatchObject(refusal())
  })

  test.each<[string, (token: string) => unknown]>([
    ['that is no object', (token) => [token]],
    ['whose presentations are no list', (token) => ({ training: token })],
    ['with two for one', (token) => ({ training: [token, token] })],
    ['with nothing', () => ({ training: [] })],
    ['that answers nothing', () => ({})],
    ['with more than was asked for', (token) => ({ training: [token], more: [token] })],
  ])('%s', async (_, tokenOf) => {
    const { claims } = await ask()
    const vp_token = tokenOf(await bound(claims))
    expect(await place.answer(claims, { vp_token, state: claims.state })).toMatchObject(refusal())
  })

  test('with another credential than was asked for', async () => {
    const claims = [{ path: ['credentialSubject', 'achievement', 'name'], values: ['Soudure'] }]
    const query = { credentials: [{ id: 'training', format: sd, meta: {}, claims }] }
    const request = await place.request(query, { responseMode: 'direct_post' })
    const vp_token = { training: [await bound(request.claims)] }
    const answer = await place.answer(request.claims, { vp_token, state: request.claims.state })
    expect(answer).toMatchObject(refusal())
  })

  test('in the open where encryption is wanted', async () => {
    const { claims } = await place.request(place.queryFor(sd))
    const vp_token = { training: [await bound(claims)] }
    const open = { ...claims, client_metadata: {} }
    expect(await place.answer(open, { vp_token, state: claims.state })).toMatchObject(refusal())
  })

  test('encrypted for another request', async () => {
    const [one, other] = [
      await place.request(place.queryFor(sd)),
      await place.request(place.queryFor(sd)),
    ]
    const vp_token = { training: [await bound(one.claims)] }
    const mixed = { ...one.claims, client_metadata: other.claims.client_metadata }
    expect(await place.answer(mixed, { vp_token, state: one.claims.state })).toMatchObject(
      refusal(),
    )
  })

  test('and the request can still be answered rightly', async () => {
    const { claims } = await ask()
    await place.answer(claims, { vp_token: {}, state: claims.state })
    const vp_token = { training: [await bound(claims)] }
    expect((await place.answer(claims, { vp_token, state: claims.state })).status).toBe(200)
  })
})
