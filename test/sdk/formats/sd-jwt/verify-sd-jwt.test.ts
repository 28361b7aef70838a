import { beforeAll, describe, expect, test } from 'vitest'
import { presentSdJwt } from '../../../../sdk/formats/sd-jwt/present-sd-jwt.ts'
import { verifySdJwt, type SdJwtQuestion } from '../../../../sdk/formats/sd-jwt/verify-sd-jwt.ts'
import type { PublicJwk } from '../../../../sdk/model/jwk.ts'
import { newParty } from '../../../support/issuer.ts'
import { disclosure, forgeBinding, forgeSdJwt, wholeSdJwt } from '../../../support/sd-jwt.ts'

const now = 1_768_435_200
const keyBinding = { audience: 'verifier', nonce: 'n-1' }

let made: Awaited<ReturnType<typeof wholeSdJwt>>
beforeAll(async () => {
  made = await wholeSdJwt()
})
const ask = (sdJwt: string, more: Partial<SdJwtQuestion> = {}) =>
  verifySdJwt({ sdJwt, issuerJwk: made.issuer.publicJwk, now, ...more })
const refusal = async (answer: Promise<unknown>) => {
  try {
    await answer
    return 'accepted'
  } catch (error) {
    const { code, facts } = error as { code: string; facts: { code?: string } }
    return facts.code ?? code
  }
}

describe('verifySdJwt', () => {
  test('gives the processed payload of any SD-JWT', async () => {
    const { text, digest } = disclosure(['s', 'given_name', 'Ada'])
    const sdJwt = await forgeSdJwt(
      made.issuer,
      { _sd: [digest, 'decoy'], _sd_alg: 'sha-256' },
      [text],
      { typ: 'example+sd-jwt' },
    )
    const { payload } = await ask(sdJwt)
    expect(payload).toEqual({
      iss: made.issuer.did,
      vct: expect.any(String) as string,
      given_name: 'Ada',
    })
  })

  test('takes what is bound to a key, for whom it is', async () => {
    const { text, holder } = made
    const sdJwt = await presentSdJwt(text, [], holder.signer, { ...keyBinding, signedAt: now })
    expect(await refusal(ask(sdJwt, { keyBinding }))).toBe('accepted')
    expect(await refusal(ask(sdJwt, { keyBinding: { ...keyBinding, nonce: 'n-2' } }))).toBe(
      'CHALLENGE_MISMATCH',
    )
    expect(await refusal(ask(sdJwt, { keyBinding: { ...keyBinding, audience: 'x' } }))).toBe(
      'DOMAIN_MISMATCH',
    )
    expect(await refusal(ask(sdJwt, { keyBinding, now: now + 361 }))).toBe('EXPIRED')
    expect(await refusal(ask(sdJwt, { keyBinding, now: now - 61 }))).toBe('NOT_YET_VALID')
    expect(await refusal(ask(text, { keyBinding }))).toBe('KEY_BINDING_MALFORMED')
  })

  test('refuses a binding by another key', async () => {
    const sdJwt = await forgeBinding(made.text, newParty().signer, { iat: now })
    expect(await refusal(ask(sdJwt))).toBe('SIGNATURE_INVALID')
  })

  test.each<[string, (text: string) => string, string]>([
    [
      'another signature',
      (text) => text.replace(/\.[^.~]+~/, `.${'A'.repeat(86)}~`),
      'SIGNATURE_INVALID',
    ],
    ['no tilde', (text) => text.split('~')[0] ?? '', 'MALFORMED'],
    ['a disclosure twice', (text) => `${text}${text.split('~')[1] ?? ''}~`, 'DISCLOSURE_REPEATED'],
    [
      'a foreign disclosure',
      (text) => `${text}${disclosure(['s', 'a', 1]).text}~`,
      'DISCLOSURE_UNREFERENCED',
    ],
  ])('refuses %s', async (_, change, expected) => {
    expect(await refusal(ask(change(made.text)))).toBe(expected)
  })

  test('minds its times', async () => {
    const sdJwt = await forgeSdJwt(made.issuer, { nbf: now, exp: now + 100 })
    expect(await refusal(ask(sdJwt, { now: now - 60 }))).toBe('accepted')
    expect(await refusal(ask(sdJwt, { now: now - 61 }))).toBe('NOT_YET_VALID')
    expect(await refusal(ask(sdJwt, { now: now + 159 }))).toBe('accepted')
    expect(await refusal(ask(sdJwt, { now: now + 160 }))).toBe('EXPIRED')
  })

  test('refuses the key of another, and one that is none', async () => {
    expect(await refusal(ask(made.text, { issuerJwk: newParty().publicJwk }))).toBe(
      'SIGNATURE_INVALID',
    )
    const issuerJwk = made.issuer.privateJwk as unknown as PublicJwk
    expect(await refusal(ask(made.text, { issuerJwk }))).toBe('INPUT_INVALID')
  })
})
