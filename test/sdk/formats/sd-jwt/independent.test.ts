import { createHash, randomBytes } from 'node:crypto'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { compactVerify, importJWK, jwtVerify, type JWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { decodeCredential } from '../../../../sdk/formats/decode.ts'
import { presentSdJwt } from '../../../../sdk/formats/sd-jwt/present-sd-jwt.ts'
import { typeMetadata, vctOf } from '../../../../sdk/formats/sd-jwt/type-metadata.ts'
import { verifySdJwt } from '../../../../sdk/formats/sd-jwt/verify-sd-jwt.ts'
import { Hash } from '../../../../sdk/model/primitives.ts'
import { entryMask } from '../../../../sdk/status/bitstring.ts'
import { signTokenStatusList } from '../../../../sdk/status/token-status-list.ts'
import { newParty, type Party } from '../../../support/issuer.ts'
import { disclosure, wholeSdJwt } from '../../../support/sd-jwt.ts'

const url = 'https://region.example/issuers/mer/token-status/7'
const base = 'https://region.example'
const now = Math.floor(Date.now() / 1000)
const hasher = (data: string | ArrayBuffer, alg: string) =>
  new Uint8Array(
    createHash(alg.replace('-', ''))
      .update(typeof data === 'string' ? data : new Uint8Array(data))
      .digest(),
  )

let made: Awaited<ReturnType<typeof wholeSdJwt>>
beforeAll(async () => {
  const type = vctOf(base, ['TrainingCertificateCredential'])
  made = await wholeSdJwt({ type, signedAt: now, tokenStatus: { index: 7, url }, decoys: 2 })
})

/** A verifier of the OpenWallet Foundation that has the issuer's key, and fetches what we serve. */
async function theirs({ revoked = [] as number[], suspended = [] as number[] } = {}) {
  const { issuer, holder } = made
  const words = (set: number[]) => set.map((each) => [0, entryMask(each)] as const)
  const hash = Hash.parse(`0x${'ab'.repeat(32)}`)
  const list = await signTokenStatusList(
    {
      url,
      issuer: issuer.did,
      revoked: words(revoked),
      suspended: words(suspended),
      blocks: [{ chainId: 1, number: 1, hash, timestamp: 1 }],
      signedAt: now,
      expiresAt: now + 600,
      ttl: 300,
    },
    issuer.signer,
  )
  const verifier = by(issuer.publicJwk)
  return new SDJwtVcInstance({
    hasher,
    hashAlg: 'sha-256',
    saltGenerator: (length) => randomBytes(length).toString('base64url'),
    verifier,
    kbVerifier: by(holder.publicJwk),
    statusVerifier: verifier,
    statusListFetcher: () => Promise.resolve(list),
    loadTypeMetadataFormat: true,
    vctFetcher: (address) => {
      const [, name = '', version = ''] = /\/vct\/(\w+)\/(\w+)$/.exec(address) ?? []
      return Promise.resolve(typeMetadata(base, name, version) as never)
    },
  })
}

function by(jwk: object) {
  return async (data: string, signature: string) => {
    const key = await importJWK(jwk as JWK, 'ES256')
    return compactVerify(`${data}.${signature}`, key).then(
      () => true,
      () => false,
    )
  }
}

describe('@sd-jwt/sd-jwt-vc', () => {
  test('verifies what we issue, and reads the same in it', async () => {
    const instance = await theirs()
    const { payload } = await instance.verify(made.text)
    const ours = await verifySdJwt({ sdJwt: made.text, issuerJwk: made.issuer.publicJwk })
    expect(payload).toEqual(ours.payload)
  })

  test('verifies what we present, with its key binding', async () => {
    const instance = await theirs()
    const paths = [['credentialSubject', 'result', 1]]
    const request = { audience: 'did:web:employer.example', nonce: 'n-1' }
    const shown = await presentSdJwt(made.text, paths, made.holder.signer, request)
    const { payload, kb } = await instance.verify(shown, { keyBindingNonce: 'n-1' })
    expect(kb?.payload).toMatchObject({ aud: request.audience, nonce: 'n-1' })
    const { result } = payload['credentialSubject'] as { result: object[] }
    expect(result).toEqual([made.certificate.credentialSubject.result![1]])
    await expect(instance.verify(shown, { keyBindingNonce: 'n-2' })).rejects.toThrow()
  })

  test.each([
    ['revoked', { revoked: [7] }],
    ['suspended', { suspended: [7] }],
  ])('finds it %s in the Token Status List that we sign', async (_, set) => {
    const instance = await theirs(set)
    await expect(instance.verify(made.text)).rejects.toThrow(/[Ss]tatus/)
    await (await theirs({ revoked: [8] })).verify(made.text)
  })

  test('takes our type metadata, with what it extends', async () => {
    const metadata = await (await theirs()).getVct(made.text)
    expect(metadata?.mergedTypeMetadata.claims?.map(({ path }) => path)).toContainEqual([
      'credentialSubject',
      'achievement',
      'alignment',
      null,
    ])
  })

  test('writes what we read, and take for valid', async () => {
    const issuer: Party = newParty()
    const instance = new SDJwtVcInstance({
      hasher,
      hashAlg: 'sha-256',
      saltGenerator: (length) => randomBytes(length).toString('base64url'),
      signAlg: 'ES256',
      signer: async (data) =>
        Buffer.from(await issuer.signer.sign(Buffer.from(data))).toString('base64url'),
    })
    const claims = {
      iss: issuer.did,
      vct: 'https://region.example/pid',
      given_name: 'Ada',
      nationalities: ['FR', 'IT'],
      address: { locality: 'Marseille' },
    }
    const frame = {
      _sd: ['given_name'],
      nationalities: { _sd: [0, 1] },
      address: { _sd: ['locality'] },
    }
    const text = await instance.issue(claims, frame as never, {
      header: { kid: issuer.signer.kid },
    })
    expect((await verifySdJwt({ sdJwt: text, issuerJwk: issuer.publicJwk })).payload).toEqual(
      claims,
    )
    const { given_name, nationalities, address } = claims
    const subject = { given_name, nationalities, address }
    expect(decodeCredential(text).credential.credentialSubject).toEqual([subject])
  })

  // RFC 9901 section 7.1, step 5, wants it refused.
  test('accepts a disclosure that nothing refers to, which we refuse', async () => {
    const more = `${made.text}${disclosure(['s', 'admin', true]).text}~`
    await (await theirs()).verify(more)
    const verifying = verifySdJwt({ sdJwt: more, issuerJwk: made.issuer.publicJwk })
    await expect(verifying).rejects.toMatchObject({ facts: { code: 'DISCLOSURE_UNREFERENCED' } })
  })
})

describe('jose', () => {
  test('verifies the JWT of the issuer, and that of the holder', async () => {
    const request = { audience: 'did:web:employer.example', nonce: 'n-1' }
    const parts = (await presentSdJwt(made.text, [], made.holder.signer, request)).split('~')
    const { protectedHeader } = await jwtVerify(
      parts[0]!,
      await importJWK({ ...made.issuer.publicJwk }, 'ES256'),
    )
    expect(protectedHeader.typ).toBe('dc+sd-jwt')
    await jwtVerify(parts.at(-1)!, await importJWK({ ...made.holder.publicJwk }, 'ES256'), {
      typ: 'kb+jwt',
      audience: request.audience,
    })
  })
})
