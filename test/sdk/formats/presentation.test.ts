import { existsSync, readFileSync } from 'node:fs'
import { verifyPresentation } from 'did-jwt-vc'
import { beforeAll, describe, expect, test } from 'vitest'
import { importVerifyKey, verifySignature } from '../../../sdk/crypto/node.ts'
import { documentOfDidJwk } from '../../../sdk/did/did-jwk.ts'
import { createDidResolver, findVerificationKey } from '../../../sdk/did/resolver.ts'
import { decodeCredential } from '../../../sdk/formats/decode.ts'
import { signJwtVcJson } from '../../../sdk/formats/jwt-vc-json.ts'
import { decodePresentation, signPresentation } from '../../../sdk/formats/presentation.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import { codeOf, forge, newParty, plainCredential } from '../../support/issuer.ts'

const issuer = newParty()
const holder = newParty('EdDSA')
const signedAt = 1_768_435_200
const context = {
  holder: holder.did,
  challenge: 'n-0S6_WzA2Mj',
  domain: 'https://employer.example',
  signedAt,
  expiresAt: signedAt + 300,
}

let vcJwt: string
let jwtVcJson: string
beforeAll(async () => {
  vcJwt = await signVcJwt(plainCredential(issuer.did), issuer.signer)
  jwtVcJson = await signJwtVcJson(plainCredential(issuer.did), issuer.signer)
})

describe('signPresentation', () => {
  test.each(['vp+jwt', 'jwt_vp_json'] as const)('makes a %s that is read back', async (format) => {
    const credentials = format === 'vp+jwt' ? [vcJwt] : [jwtVcJson]
    const text = await signPresentation(format, { ...context, credentials }, holder.signer)
    expect(decodePresentation(text)).toMatchObject({
      format,
      text,
      algorithm: 'EdDSA',
      kid: holder.signer.kid,
      holder: holder.did,
      credentials,
      challenge: 'n-0S6_WzA2Mj',
      domains: ['https://employer.example'],
      signedAt,
      expiresAt: signedAt + 300,
    })
  })

  test('envelopes credentials in a vp+jwt: none is a bare string', async () => {
    const text = await signPresentation(
      'vp+jwt',
      { ...context, credentials: [vcJwt] },
      holder.signer,
    )
    const payload = JSON.parse(
      Buffer.from(text.split('.')[1] ?? '', 'base64url').toString(),
    ) as object
    expect(payload).toMatchObject({
      verifiableCredential: [
        {
          '@context': 'https://www.w3.org/ns/credentials/v2',
          id: `data:application/vc+jwt,${vcJwt}`,
          type: 'EnvelopedVerifiableCredential',
        },
      ],
    })
  })

  test('makes a jwt_vp_json that did-jwt-vc verifies', async () => {
    const request = { ...context, credentials: [jwtVcJson] }
    const text = await signPresentation('jwt_vp_json', request, holder.signer)
    const resolve = (did: string) => {
      const [method] = documentOfDidJwk(did)?.verificationMethod ?? []
      const verificationMethod = method === undefined ? [] : [{ ...method, type: 'JsonWebKey2020' }]
      const didDocument = { ...documentOfDidJwk(did), id: did, verificationMethod }
      return Promise.resolve({ didDocument, didResolutionMetadata: {}, didDocumentMetadata: {} })
    }
    const { verified, verifiablePresentation } = await verifyPresentation(
      text,
      { resolve },
      {
        challenge: context.challenge,
        domain: context.domain,
        proofPurpose: 'authentication',
        policies: { now: signedAt },
      },
    )
    expect(verified).toBe(true)
    expect(verifiablePresentation.holder).toBe(holder.did)
    expect(verifiablePresentation.verifiableCredential).toHaveLength(1)
  })

  test('refuses the key of somebody else', async () => {
    const request = { ...context, credentials: [vcJwt] }
    await expect(signPresentation('vp+jwt', request, issuer.signer)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })

  test('refuses 101 credentials', async () => {
    const request = { ...context, credentials: Array<string>(101).fill(vcJwt) }
    await expect(signPresentation('vp+jwt', request, holder.signer)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })
})

describe('decodePresentation', () => {
  const header = { alg: 'EdDSA', kid: holder.signer.kid, typ: 'vp+jwt' }
  const claims = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder: holder.did,
  }
  const enveloped = (id: unknown) => ({
    '@context': 'https://www.w3.org/ns/credentials/v2',
    type: 'EnvelopedVerifiableCredential',
    id,
  })

  test.each<[string, object, object]>([
    ['without credentials', {}, {}],
    ['with no credentials', {}, { verifiableCredential: [] }],
    [
      'with one credential outside a list',
      {},
      { verifiableCredential: enveloped('data:application/vc+jwt,a.b.c') },
    ],
    ['whose holder is an object', {}, { holder: { id: holder.did, name: 'Ada' } }],
    ['whose holder is only the key’s', {}, { holder: undefined }],
    ['for nobody in particular', {}, { aud: undefined }],
    ['for several', {}, { aud: ['a', 'b'] }],
  ])('reads one %s', async (_, head, change) => {
    const text = await forge({ ...header, ...head }, { ...claims, ...change })
    expect(decodePresentation(text).holder).toBe(holder.did)
  })

  test('reads an embedded credential as its JSON', async () => {
    const embedded = { ...plainCredential(issuer.did), proof: { type: 'DataIntegrityProof' } }
    const text = await forge(header, { ...claims, verifiableCredential: [embedded] })
    const [inside = ''] = decodePresentation(text).credentials
    expect(JSON.parse(inside)).toMatchObject({ issuer: issuer.did })
  })

  test.each<[string, object, object, string]>([
    ['another holder in iss', {}, { iss: issuer.did }, 'PRESENTATION_MALFORMED'],
    ['the key of another', { kid: issuer.signer.kid }, {}, 'PRESENTATION_MALFORMED'],
    ['no holder at all', { kid: undefined }, { holder: undefined }, 'PRESENTATION_MALFORMED'],
    ['a holder that is no DID', {}, { holder: 'https://ada.example' }, 'PRESENTATION_MALFORMED'],
    [
      'a bare string as credential',
      {},
      { verifiableCredential: ['a.b.c'] },
      'PRESENTATION_MALFORMED',
    ],
    [
      'an envelope without id',
      {},
      { verifiableCredential: [enveloped(undefined)] },
      'PRESENTATION_MALFORMED',
    ],
    [
      'an envelope of another media type',
      {},
      { verifiableCredential: [enveloped('data:text/html,x')] },
      'PRESENTATION_MALFORMED',
    ],
    [
      'an envelope with parameters',
      {},
      { verifiableCredential: [enveloped('data:application/vc+jwt;base64,AA')] },
      'PRESENTATION_MALFORMED',
    ],
    [
      'an envelope with an address',
      {},
      { verifiableCredential: [enveloped('https://evil.example/vc')] },
      'PRESENTATION_MALFORMED',
    ],
    [
      '101 credentials',
      {},
      { verifiableCredential: Array(101).fill(enveloped('data:application/vc+jwt,a.b.c')) },
      'PRESENTATION_MALFORMED',
    ],
    ['a vp claim', {}, { vp: {} }, 'PRESENTATION_MALFORMED'],
    ['a nonce that is no text', {}, { nonce: 7 }, 'PRESENTATION_MALFORMED'],
    ['an aud that is no text', {}, { aud: [7] }, 'PRESENTATION_MALFORMED'],
    ['an exp in milliseconds', {}, { exp: 1_768_435_200_000 }, 'PRESENTATION_MALFORMED'],
    ['another type', {}, { type: ['VerifiableCredential'] }, 'PRESENTATION_MALFORMED'],
    [
      'the context of 1.1',
      {},
      { '@context': ['https://www.w3.org/2018/credentials/v1'] },
      'PRESENTATION_MALFORMED',
    ],
    ['a credential’s typ', { typ: 'vc+jwt' }, {}, 'FORMAT_UNKNOWN'],
    ['typ JWT without vp', { typ: 'JWT' }, {}, 'FORMAT_UNKNOWN'],
    ['alg none', { alg: 'none' }, {}, 'ALGORITHM_NOT_ALLOWED'],
  ])('refuses %s', async (_, head, change, code) => {
    const text = await forge({ ...header, ...head }, { ...claims, ...change })
    expect(codeOf(() => decodePresentation(text))).toBe(code)
  })

  test('and decodeCredential do not take each other’s tokens', async () => {
    const text = await signPresentation('vp+jwt', { ...context, credentials: [] }, holder.signer)
    expect(codeOf(() => decodeCredential(text))).toBe('FORMAT_UNKNOWN')
    expect(codeOf(() => decodePresentation(vcJwt))).toBe('FORMAT_UNKNOWN')
    expect(codeOf(() => decodePresentation(jwtVcJson))).toBe('FORMAT_UNKNOWN')
  })
})

const file = new URL('../../../../shared/data/vectors/vc_jwt.json', import.meta.url)
test.skipIf(!existsSync(file))('the presentation of the vectors is genuine', async () => {
  const { presentation } = JSON.parse(readFileSync(file, 'utf8')) as {
    presentation: { jwt: string; aud: string; nonce: string }
  }
  const decoded = decodePresentation(presentation.jwt)
  expect(decoded.domains).toEqual([presentation.aud])
  expect(decoded.challenge).toBe(presentation.nonce)

  const { kid, algorithm, signingInput, signature } = decoded
  const jwk = await findVerificationKey(createDidResolver(), kid, decoded.holder, 'authentication')
  expect(await verifySignature(algorithm, importVerifyKey(jwk), signingInput, signature)).toBe(true)
  expect(decoded.credentials.map((text) => decodeCredential(text).format)).toEqual(['vc+jwt'])
})
