import { beforeAll, describe, expect, test } from 'vitest'
import { credentialDigest } from '../../../../sdk/anchor/commitment.ts'
import { decodeCredential } from '../../../../sdk/formats/decode.ts'
import { discloseOnly } from '../../../../sdk/formats/sd-jwt/present-sd-jwt.ts'
import { signSdJwtVc } from '../../../../sdk/formats/sd-jwt/sign-sd-jwt-vc.ts'
import { readOpenBadge } from '../../../../sdk/model/open-badge.ts'
import { scopesOf } from '../../../../sdk/model/scopes-of.ts'
import { newParty, plainCredential } from '../../../support/issuer.ts'
import { vct, wholeSdJwt } from '../../../support/sd-jwt.ts'

let made: Awaited<ReturnType<typeof wholeSdJwt>>
beforeAll(async () => {
  made = await wholeSdJwt({
    signedAt: 1_768_435_200,
    tokenStatus: { index: 7, url: 'https://r.example/t/1' },
  })
})

const partOf = (text: string, part: 0 | 1) =>
  JSON.parse(Buffer.from(text.split('.')[part] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >

describe('signSdJwtVc', () => {
  test('writes the header and the claims of SD-JWT VC', () => {
    const { text, issuer, holder } = made
    expect(partOf(text, 0)).toEqual({ alg: 'ES256', kid: issuer.signer.kid, typ: 'dc+sd-jwt' })
    expect(partOf(text, 1)).toMatchObject({
      iss: issuer.did,
      iat: 1_768_435_200,
      nbf: 1_768_435_200,
      vct,
      sub: holder.did,
      cnf: { jwk: { kty: 'EC', crv: 'P-256' } },
      status: { status_list: { idx: 7, uri: 'https://r.example/t/1' } },
      type: ['VerifiableCredential', 'OpenBadgeCredential', 'TrainingCertificateCredential'],
      _sd_alg: 'sha-256',
    })
  })

  test('makes what decodeCredential reads back whole', () => {
    const { credential, holderKey, format } = decodeCredential(made.text)
    const { credentialSubject, ...others } = made.certificate
    expect(format).toBe('dc+sd-jwt')
    expect(holderKey).toMatchObject({ x: made.holder.publicJwk.x })
    expect(credential).toEqual({
      ...others,
      '@context': others['@context'],
      validFrom: '2026-01-15T00:00:00.000Z',
      credentialStatus: [
        {
          type: ['TokenStatusListEntry'],
          statusListIndex: '7',
          statusListToken: 'https://r.example/t/1',
        },
      ],
      credentialSubject: [credentialSubject],
    })
  })

  test('makes each skill and each result disclosable by itself', () => {
    const { text, certificate } = made
    const { achievement } = certificate.credentialSubject
    const disclosures = text
      .split('~')
      .slice(1, -1)
      .map((each) => {
        const content = JSON.parse(Buffer.from(each, 'base64url').toString()) as unknown[]
        return content.at(-1)
      })
    const skills = achievement.alignment?.filter(
      ({ targetFramework }) => !['RNCP', 'RS'].includes(targetFramework),
    )
    expect(skills).toHaveLength(3)
    expect(disclosures).toEqual(
      expect.arrayContaining([...skills!, ...certificate.credentialSubject.result!]),
    )
  })

  test('keeps certifications, types and scopes open', () => {
    const least = decodeCredential(discloseOnly(made.text, []))
    expect(scopesOf(least.credential)).toEqual(scopesOf(decodeCredential(made.text).credential))
    expect(scopesOf(least.credential)).toEqual(
      ['RNCP34079', 'RS5000'].map((code) => `TrainingCertificate/${code}`),
    )
    expect(JSON.stringify(least.credential)).not.toContain('Ada Exemple')
    expect(readOpenBadge(least.credential)).toMatchObject({ violations: [], inconsistencies: [] })
  })

  test('has one digest, whatever is disclosed', () => {
    const digests = [made.text, discloseOnly(made.text, [])].map((text) =>
      Buffer.from(credentialDigest('dc+sd-jwt', text)).toString('hex'),
    )
    expect(new Set(digests).size).toBe(1)
  })

  test('adds decoys where it is told to', async () => {
    const { text } = await wholeSdJwt({ decoys: 3 })
    const { credentialSubject } = partOf(text, 1) as {
      credentialSubject: { _sd: string[]; result: object[] }
    }
    expect(credentialSubject.result).toHaveLength(4 + 3)
    expect(decodeCredential(text).credential.credentialSubject[0]?.['result']).toHaveLength(4)
  })
})

describe('signSdJwtVc refuses', () => {
  const issuer = newParty()
  test.each<[string, object]>([
    ['the credential of another issuer', { issuer: 'did:example:other' }],
    ['what is no credential', { type: ['Something'] }],
    ['a vct member', { vct }],
    ['a cnf member', { cnf: {} }],
    ['two subjects', { credentialSubject: [{ id: 'did:example:a' }, { id: 'did:example:b' }] }],
  ])('%s', async (_, change) => {
    const signing = signSdJwtVc(plainCredential(issuer.did, change), issuer.signer, { type: vct })
    await expect(signing).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})
