import { Kms, SdJwtVcRecord, W3cCredentialRecord } from '@credo-ts/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCredo, type CredoAgent } from '../../support/credo/agent.ts'
import { startIssuance } from '../../support/wallet.ts'

let place: Awaited<ReturnType<typeof startIssuance>>
let credo: CredoAgent
beforeAll(async () => {
  place = await startIssuance()
  credo = await startCredo()
})
afterAll(async () => {
  await credo.shutdown()
  await place.server.stop()
})

/** Takes up an offer with its code, as a person with Credo's wallet would. */
async function receive(format: string) {
  const { made } = await place.wallet.offer(place.content(), { txCode: true, formats: [format] })
  const { holder } = credo.openid4vc
  const resolvedCredentialOffer = await holder.resolveCredentialOffer(made.uri)
  const token = await holder.requestToken({ resolvedCredentialOffer, txCode: made.txCode! })
  const { credentials } = await holder.requestCredentials({
    resolvedCredentialOffer,
    ...token,
    // It reads no Bitstring Status Lists; of SD-JWT VCs it reads the Token Status List in any case.
    verifyCredentialStatus: false,
    async credentialBindingResolver() {
      const type = { kty: 'EC', crv: 'P-256' } as const
      const { keyId, publicJwk } = await credo.kms.createKey({ type })
      if (format === 'dc+sd-jwt') {
        return { method: 'jwk', keys: [Kms.PublicJwk.fromPublicJwk(publicJwk)] }
      }
      const { didState } = await credo.dids.create({ method: 'jwk', options: { keyId } })
      return { method: 'did', didUrls: [`${didState.did!}#0`] }
    },
  })
  const [{ record, notificationId }] = credentials as [(typeof credentials)[0]]
  return { record, notificationId, made, resolvedCredentialOffer, token }
}

/** Answers a request with what Credo itself finds in its storage. */
async function present(query: unknown, options: object) {
  const { json } = await place.server.post('/requests', { query, options })
  const { uri, state } = json as { uri: string; state: string }
  const { holder } = credo.openid4vc
  const resolved = await holder.resolveOpenId4VpAuthorizationRequest(uri)
  const answered = await holder.acceptOpenId4VpAuthorizationRequest({
    authorizationRequestPayload: resolved.authorizationRequestPayload,
    dcql: { credentials: holder.selectCredentialsForDcqlRequest(resolved.dcql!.queryResult) },
  })
  const result = await place.server.get(`/requests/${state}`)
  return { answered, result: result.json }
}

describe('Credo', () => {
  test.each([
    ['jwt_vc_json', W3cCredentialRecord],
    ['dc+sd-jwt', SdJwtVcRecord],
  ])('receives %s by a pre-authorized code with tx_code', async (format, kind) => {
    const { record, notificationId, made, resolvedCredentialOffer, token } = await receive(format)
    expect(record).toBeInstanceOf(kind)
    if (record instanceof W3cCredentialRecord) await credo.w3cCredentials.store({ record })
    else await credo.sdJwtVc.store({ record: record as SdJwtVcRecord })

    await credo.openid4vc.holder.sendNotification({
      metadata: resolvedCredentialOffer.metadata,
      notificationId: notificationId!,
      accessToken: token.accessToken,
      // It binds its tokens by DPoP wherever a server can.
      dpop: token.dpop!,
      notificationEvent: 'credential_accepted',
    })
    const { json } = await place.server.get(`/offers/${made.id}`)
    expect(json).toMatchObject({
      configurations: {
        [`TrainingCertificate_${format}`]: { state: 'issued', event: 'credential_accepted' },
      },
    })
  })

  test.each(
    ['jwt_vc_json', 'dc+sd-jwt'].flatMap((format) =>
      ['direct_post', 'direct_post.jwt'].map((mode) => [format, mode]),
    ),
  )('presents %s by %s', async (format, responseMode) => {
    await place.server.settle()
    const meta =
      format === 'dc+sd-jwt'
        ? { vct_values: [`${place.server.baseUrl}/vct/TrainingCertificateCredential/v1`] }
        : { type_values: [['VerifiableCredential', 'TrainingCertificateCredential']] }
    const claims = [{ path: ['credentialSubject', 'achievement', 'name'] }]
    const query = { credentials: [{ id: 'training', format, meta, claims }] }
    const { answered, result } = await present(query, { responseMode })
    expect(answered).toMatchObject({ ok: true, serverResponse: { status: 200 } })
    expect(result).toMatchObject({
      state: 'answered',
      result: {
        verdict: 'valid',
        presentations: [{ query: 'training', credentials: [{ format }] }],
      },
    })
  })
})
