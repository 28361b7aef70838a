/**
 * The library's own client, which shares no code of ours with the server: from the offer to the
 * credential, and back out by a presentation.
 *
 * @module
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  clientAuthenticationNone,
  type CallbackContext,
  type JwtSignerJwk,
} from '@openid4vc/oauth2'
import { Openid4vciClient } from '@openid4vc/openid4vci'
import { Openid4vpClient } from '@openid4vc/openid4vp'
import { setGlobalConfig } from '@openid4vc/utils'
import { importJWK, jwtVerify, SignJWT, type JWK } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeCredential } from '#sdk'
import { startPresenting } from '../../support/presenting.ts'
import { vcJwt } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startPresenting>>
beforeAll(async () => {
  place = await startPresenting()
  setGlobalConfig({ allowInsecureUrls: true })
})
afterAll(() => place.server.stop())

const callbacks: CallbackContext = {
  fetch,
  hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
  generateRandom: (length) => randomBytes(length),
  clientAuthentication: clientAuthenticationNone({ clientId: 'a-wallet' }),
  signJwt: async (_signer, { header, payload }) => ({
    jwt: await new SignJWT(payload as Record<string, unknown>)
      .setProtectedHeader(header as { alg: string })
      .sign(place.key.privateJwk),
    signerJwk: place.key.publicJwk as { kty: string },
  }),
  // The verifier's DID is for the wallet to resolve: here, over plain HTTP.
  verifyJwt: async (signer, { compact }) => {
    if (signer.method !== 'did') return { verified: false }
    const response = await fetch(`${place.server.baseUrl}/verifier/did.json`)
    const { verificationMethod } = (await response.json()) as {
      verificationMethod: { id: string; publicKeyJwk: JWK }[]
    }
    const jwk = verificationMethod.find(({ id }) => id === signer.didUrl)!.publicKeyJwk
    await jwtVerify(compact, await importJWK(jwk, 'ES256'))
    return { verified: true, signerJwk: jwk as { kty: string } }
  },
  encryptJwe: never,
  decryptJwe: never,
}

test('the client of @openid4vc receives a credential, bound by DPoP', async () => {
  const { made } = await place.wallet.offer(place.content(), { txCode: true })
  const client = new Openid4vciClient({ callbacks })
  const credentialOffer = await client.resolveCredentialOffer(made.uri)
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer)
  const publicJwk = place.key.publicJwk as JwtSignerJwk['publicJwk']
  const signer: JwtSignerJwk = { method: 'jwk', alg: 'ES256', publicJwk }
  const { accessTokenResponse, dpop } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer,
    issuerMetadata,
    txCode: made.txCode!,
    dpop: { signer },
  })
  expect(accessTokenResponse.token_type).toBe('DPoP')
  const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata })
  const { jwt } = await client.createCredentialRequestJwtProof({
    issuerMetadata,
    credentialConfigurationId: 'TrainingCertificate_jwt_vc_json',
    signer,
    nonce,
  })
  const { credentialResponse } = (await client.retrieveCredentials({
    issuerMetadata,
    accessToken: accessTokenResponse.access_token,
    credentialConfigurationId: 'TrainingCertificate_jwt_vc_json',
    proofs: { jwt: [jwt] },
    dpop: { signer, ...dpop },
  })) as unknown as { credentialResponse: { credentials: { credential: string }[] } }
  const decoded = decodeCredential(credentialResponse.credentials[0]!.credential)
  expect(decoded.credential.id).toBe(made.credentialId)
})

test('the client of @openid4vc answers a request', async () => {
  const options = { responseMode: 'direct_post' }
  const { uri, state, claims } = await place.request(place.queryFor('jwt_vc_json'), options)
  const client = new Openid4vpClient({ callbacks })
  const { authorizationRequestPayload } = await client.resolveOpenId4vpAuthorizationRequest({
    authorizationRequestPayload: Object.fromEntries(new URL(uri).searchParams),
  })
  const { authorizationResponsePayload } = await client.createOpenid4vpAuthorizationResponse({
    authorizationRequestPayload,
    authorizationResponsePayload: {
      vp_token: { training: [await place.present('jwt_vc_json', claims)] },
    },
  })
  const sent = await client.submitOpenid4vpAuthorizationResponse({
    authorizationRequestPayload: authorizationRequestPayload as never,
    authorizationResponsePayload,
  })
  expect(sent.response.status).toBe(200)
  expect(await place.result(state)).toMatchObject({ json: { result: { verdict: 'valid' } } })
})

test('the configuration that is our own profile is passed over by clients that do not know it', async () => {
  const client = new Openid4vciClient({ callbacks })
  const { knownCredentialConfigurations, credentialIssuer } = await client.resolveIssuerMetadata(
    place.wallet.issuer,
  )
  expect(credentialIssuer.credential_configurations_supported).toHaveProperty([vcJwt])
  expect(Object.keys(knownCredentialConfigurations)).toContain('TrainingCertificate_dc+sd-jwt')
  expect(knownCredentialConfigurations).not.toHaveProperty([vcJwt])
})

function never(): Promise<never> {
  return Promise.reject(new Error('nothing is encrypted here'))
}
