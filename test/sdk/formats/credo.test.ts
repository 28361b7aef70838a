import { W3cV2JwtVerifiableCredential } from '@credo-ts/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signJwtVcJson } from '../../../sdk/formats/jwt-vc-json.ts'
import { presentSdJwt } from '../../../sdk/formats/sd-jwt/present-sd-jwt.ts'
import { signSdJwtVc } from '../../../sdk/formats/sd-jwt/sign-sd-jwt-vc.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import { buildTrainingCertificate } from '../../../sdk/model/training-certificate.ts'
import { wholeCertificate } from '../../support/certificate.ts'
import { startCredo, type CredoAgent } from '../../support/credo/agent.ts'
import { newParty } from '../../support/issuer.ts'
import { vct } from '../../support/sd-jwt.ts'

const [issuer, holder] = [newParty(), newParty()]
const now = Math.floor(Date.now() / 1000)
const certificate = buildTrainingCertificate(wholeCertificate(issuer.did, holder.did), {
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  validFrom: '2024-01-15T00:00:00Z',
})
const spoilt = (token: string) => token.replace(/\.[\w-]{8}([\w-]+)(~.*)?$/, '.AAAAAAAA$1$2')

let credo: CredoAgent
beforeAll(async () => {
  credo = await startCredo()
})
afterAll(() => credo.shutdown())

describe('Credo verifies', () => {
  test('vc+jwt', async () => {
    const isValid = async (text: string) => {
      const credential = W3cV2JwtVerifiableCredential.fromCompact(text)
      return (await credo.w3cV2Credentials.verifyCredential({ credential })).isValid
    }
    // Credo 0.6 wants the type of evidence to be one string, where VCDM 2.0 section 5.6 allows several.
    const credential = { ...certificate, evidence: [{ type: 'Evidence' }] }
    const text = await signVcJwt(credential, issuer.signer, { signedAt: now })
    expect([await isValid(text), await isValid(spoilt(text))]).toEqual([true, false])
  })

  test('jwt_vc_json', async () => {
    const isValid = async (credential: string) =>
      (await credo.w3cCredentials.verifyCredential({ credential })).isValid
    const text = await signJwtVcJson(certificate, issuer.signer, { signedAt: now })
    expect([await isValid(text), await isValid(spoilt(text))]).toEqual([true, false])
  })

  test('dc+sd-jwt, whole and presented with key binding', async () => {
    const text = await signSdJwtVc(certificate, issuer.signer, { type: vct, signedAt: now })
    const verify = (compactSdJwtVc: string, nonce?: string) =>
      credo.sdJwtVc.verify({
        compactSdJwtVc,
        ...(nonce !== undefined && { keyBinding: { audience: 'verifier', nonce } }),
      })
    expect(await verify(text)).toMatchObject({ isValid: true })
    expect(await verify(spoilt(text.split('~')[0]! + '~'))).toMatchObject({ isValid: false })

    const paths = [['credentialSubject', 'result', 0]]
    const request = { audience: 'verifier', nonce: 'n-1', signedAt: now }
    const shown = await presentSdJwt(text, paths, holder.signer, request)
    const { isValid, sdJwtVc } = await verify(shown, 'n-1')
    expect(isValid).toBe(true)
    const { result } = sdJwtVc!.prettyClaims['credentialSubject'] as { result: object[] }
    expect(result).toEqual([certificate.credentialSubject.result![0]])
    expect(await verify(shown, 'n-2')).toMatchObject({ isValid: false })
  })
})
