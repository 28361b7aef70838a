import { beforeAll, describe, expect, test } from 'vitest'
import { decodePresentation } from '../../../../sdk/formats/presentation.ts'
import type { ClaimPath } from '../../../../sdk/formats/sd-jwt/claim-path.ts'
import { discloseOnly, presentSdJwt } from '../../../../sdk/formats/sd-jwt/present-sd-jwt.ts'
import { verifySdJwt } from '../../../../sdk/formats/sd-jwt/verify-sd-jwt.ts'
import { codeOf, newParty } from '../../../support/issuer.ts'
import { forgeBinding, forgeSdJwt, wholeSdJwt } from '../../../support/sd-jwt.ts'

const audience = 'did:web:employer.example'
const request = { audience, nonce: 'n-1' }
const skills = ['credentialSubject', 'achievement', 'alignment']

let made: Awaited<ReturnType<typeof wholeSdJwt>>
beforeAll(async () => {
  made = await wholeSdJwt()
})

/** What a verifier that has the issuer's key sees. */
async function seen(text: string) {
  const { payload } = await verifySdJwt({ sdJwt: text, issuerJwk: made.issuer.publicJwk })
  const { credentialSubject, evidence } = payload as {
    evidence: unknown[]
    credentialSubject: {
      achievement: { alignment: { targetName: string }[] }
      result: object[]
      identifier: object[]
    }
  }
  const { achievement, result, identifier } = credentialSubject
  return {
    skills: achievement.alignment.map(({ targetName }) => targetName),
    result,
    identifier,
    evidence,
  }
}

const certifications = ['Titre professionnel exemple', 'Bloc 1', 'Certificat exemple']

describe('presentSdJwt', () => {
  test('shows what is asked for, and what stands open anyway', async () => {
    const { text, holder } = made
    const shown = await presentSdJwt(text, [[...skills, 5]], holder.signer, request)
    expect(await seen(shown)).toEqual({
      skills: [...certifications, 'drive a forklift'],
      result: [],
      identifier: [],
      evidence: [],
    })
  })

  test('shows a list as a whole, or all of a kind', async () => {
    const { text, holder } = made
    const paths: ClaimPath[] = [
      ['credentialSubject', 'result'],
      [...skills, null, 'targetName'],
    ]
    const shown = await seen(await presentSdJwt(text, paths, holder.signer, request))
    expect(shown.skills).toHaveLength(6)
    expect(shown.result).toHaveLength(4)
    expect(shown.evidence).toEqual([])
  })

  test('is read back with its nonce and audience', async () => {
    const { text, holder, issuer } = made
    const shown = await presentSdJwt(text, [], holder.signer, {
      ...request,
      signedAt: 1_768_435_200,
    })
    expect(decodePresentation(shown)).toMatchObject({
      format: 'dc+sd-jwt',
      holder: holder.did,
      challenge: 'n-1',
      domains: [audience],
      signedAt: 1_768_435_200,
      expiresAt: 1_768_435_500,
      credentials: [discloseOnly(text, [])],
    })
    const question = { sdJwt: shown, issuerJwk: issuer.publicJwk, now: 1_768_435_260 }
    expect(await verifySdJwt({ ...question, keyBinding: request })).toMatchObject({
      verified: true,
      keyBinding: { audience, nonce: 'n-1' },
    })
  })

  test('may be presented again with less', async () => {
    const { text, holder } = made
    const once = discloseOnly(text, [['credentialSubject', 'result', 0]])
    expect((await seen(await presentSdJwt(once, [], holder.signer, request))).result).toEqual([])
  })

  test.each<[string, ClaimPath]>([
    ['no claim', ['credentialSubject', 'nothing']],
    ['an item beyond the last', ['credentialSubject', 'result', 4]],
    ['a name in a list', ['credentialSubject', 'result', 'a']],
    ['every item of an object', ['credentialSubject', null]],
  ])('refuses a path to %s', async (_, path) => {
    const showing = presentSdJwt(made.text, [path], made.holder.signer, request)
    await expect(showing).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  test('refuses a key that the credential is not bound to', async () => {
    const showing = presentSdJwt(made.text, [], newParty().signer, request)
    await expect(showing).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  test('refuses a credential that is bound to none', async () => {
    const text = await forgeSdJwt(made.issuer, { given_name: 'Ada' })
    const showing = presentSdJwt(text, [], made.holder.signer, request)
    await expect(showing).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('a key binding is refused', () => {
  test.each<[string, string, object, object]>([
    ['another typ', 'KEY_BINDING_MALFORMED', {}, { typ: 'jwt' }],
    ['no typ', 'KEY_BINDING_MALFORMED', {}, { typ: undefined }],
    ['no nonce', 'KEY_BINDING_MALFORMED', { nonce: undefined }, {}],
    ['an empty nonce', 'KEY_BINDING_MALFORMED', { nonce: '' }, {}],
    ['two audiences', 'KEY_BINDING_MALFORMED', { aud: ['a', 'b'] }, {}],
    ['no iat', 'KEY_BINDING_MALFORMED', { iat: undefined }, {}],
    ['iat in milliseconds', 'KEY_BINDING_MALFORMED', { iat: 1_768_435_200_000 }, {}],
    ['no sd_hash', 'KEY_BINDING_MALFORMED', { sd_hash: undefined }, {}],
    ['the sd_hash of another', 'KEY_BINDING_MISMATCH', { sd_hash: 'x'.repeat(43) }, {}],
    ['alg none', 'ALGORITHM_NOT_ALLOWED', {}, { alg: 'none' }],
    ['its own key', 'HEADER_REFUSED', {}, { jwk: newParty().publicJwk }],
  ])('with %s', async (_, expected, claims, header) => {
    const text = await forgeBinding(made.text, made.holder.signer, claims, header)
    expect(codeOf(() => decodePresentation(text))).toBe(expected)
  })

  test('where the credential names no key', async () => {
    const text = await forgeSdJwt(made.issuer, { given_name: 'Ada' })
    const bound = await forgeBinding(text, made.holder.signer)
    expect(codeOf(() => decodePresentation(bound))).toBe('KEY_BINDING_UNNAMED')
  })

  test('where a disclosure was taken away or added afterwards', async () => {
    const [all, none] = [made.text, discloseOnly(made.text, [])]
    const bound = await forgeBinding(none, made.holder.signer)
    const more = all + bound.slice(none.length)
    expect(codeOf(() => decodePresentation(more))).toBe('KEY_BINDING_MISMATCH')
  })

  test('where there is none', () => {
    expect(codeOf(() => decodePresentation(made.text))).toBe('FORMAT_UNKNOWN')
  })
})
