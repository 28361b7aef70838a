import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyJws, type PublicJwk } from '#sdk'
import { startIssuance, vcJwt } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startIssuance>>
beforeAll(async () => {
  place = await startIssuance()
})
afterAll(() => place.server.stop())

describe('metadata of a credential issuer', () => {
  test('stand where the well-known part is inserted before the path', async () => {
    const { json } = await place.server.get('/.well-known/openid-credential-issuer/issuers/greta')
    expect(json).toMatchObject({
      credential_issuer: place.wallet.issuer,
      nonce_endpoint: `${place.wallet.issuer}/nonce`,
      credential_configurations_supported: {
        [vcJwt]: {
          format: 'vc+jwt',
          credential_metadata: { display: [{ locale: 'fr' }, { locale: 'en' }] },
        },
        TrainingCertificate_jwt_vc_json: { format: 'jwt_vc_json' },
      },
    })
  })

  test('are signed by the issuer when asked for as JWT', async () => {
    const { text, headers } = await place.server.get(
      '/.well-known/openid-credential-issuer/issuers/greta',
      { accept: 'application/jwt' },
    )
    expect(headers.get('content-type')).toContain('application/jwt')
    const { json } = await place.server.get('/issuers/greta')
    const [{ publicJwk }] = (json as { keys: [{ publicJwk: PublicJwk }] }).keys
    expect(await verifyJws(text, publicJwk)).toBe(true)
    expect(decodeJwt(text)).toMatchObject({
      sub: place.wallet.issuer,
      credential_issuer: place.wallet.issuer,
    })
  })

  test('name the token endpoint, open to wallets that nobody registered', async () => {
    const { json } = await place.server.get('/.well-known/oauth-authorization-server/issuers/greta')
    expect(json).toMatchObject({
      issuer: place.wallet.issuer,
      token_endpoint: `${place.wallet.issuer}/token`,
      'pre-authorized_grant_anonymous_access_supported': true,
    })
  })

  test('give the issuer’s keys to verifiers of SD-JWT VCs', async () => {
    const { json } = await place.server.get('/.well-known/jwt-vc-issuer/issuers/greta')
    const keys = [{ kty: 'EC' }, { kty: 'EC', kid: expect.stringMatching(/-2020$/) as string }]
    expect(json).toMatchObject({ issuer: place.wallet.issuer, jwks: { keys } })
  })

  test('are not there for an issuer that is not', async () => {
    const { status } = await place.server.get(
      '/.well-known/openid-credential-issuer/issuers/nobody',
    )
    expect(status).toBe(404)
  })
})
