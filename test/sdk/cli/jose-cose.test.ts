import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compactVerify, importJWK, type JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { livret } from '../../support/terminal.ts'

const controller = 'https://issuer.example/keys'
const algorithms = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  secp256k1: 'ES256K',
  ed25519: 'EdDSA',
}
const curves = ['P-256', 'P-384', 'P-521', 'secp256k1', 'ed25519'] as const
const contexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://www.w3.org/ns/credentials/examples/v2',
]
const credential = {
  '@context': contexts,
  type: ['VerifiableCredential', 'ExampleCredential'],
  issuer: controller,
  validFrom: '2024-01-01T00:00:00Z',
  credentialSubject: {
    id: 'did:example:ada',
    name: 'Ada',
    phones: [{ number: '1' }, { number: '2' }],
  },
}
const presentation = {
  '@context': contexts,
  type: ['VerifiablePresentation'],
  holder: controller,
  verifiableCredential: [
    {
      '@context': contexts[0],
      type: 'EnvelopedVerifiableCredential',
      id: 'data:application/vc+jwt,a.b.c',
    },
  ],
}

let folder: string
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livret-jose-cose-'))
  for (const curve of curves) {
    const pair =
      curve === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('ec', { namedCurve: curve })
    const secretKeyJwk = pair.privateKey.export({ format: 'jwk' })
    const publicKeyJwk = pair.publicKey.export({ format: 'jwk' })
    const method = {
      id: `${controller}#1`,
      type: 'JsonWebKey',
      controller,
      publicKeyJwk,
      secretKeyJwk,
    }
    await writeFile(at(curve), JSON.stringify(method))
  }
})
afterAll(() => rm(folder, { recursive: true }))

async function ask(
  act: string,
  feature: string,
  key: string,
  input: unknown,
  sd?: readonly string[],
) {
  await writeFile(at('input'), typeof input === 'string' ? input : JSON.stringify(input))
  const files = ['--input', at('input'), '--key', at(key), '--output', at('output')]
  const disclosed = sd === undefined ? [] : ['--sd', JSON.stringify(sd)]
  const { code } = await livret(['jose-cose', act, ...files, '--feature', feature, ...disclosed])
  const { result, data } = JSON.parse(await readFile(at('output'), 'utf8')) as {
    result: string
    data: string
  }
  return { code, result, data }
}
const issue = async (feature: string, key: string, input: unknown, sd?: readonly string[]) =>
  (await ask('issue', feature, key, input, sd)).data
const verdict = async (feature: string, key: string, input: unknown) =>
  (await ask('verify', feature, key, input)).result
const publicJwk = async (key: string) =>
  (JSON.parse(await readFile(at(key), 'utf8')) as { publicKeyJwk: JWK }).publicKeyJwk

describe.each(curves)('with a key on %s', (curve) => {
  test.each([
    ['credential_jose', credential, undefined, 'vc+jwt'],
    ['presentation_jose', presentation, undefined, 'vp+jwt'],
    [
      'credential_sdjwt',
      credential,
      ['credentialSubject.name', 'credentialSubject.phones[1]'],
      'vc+sd-jwt',
    ],
    ['presentation_sdjwt', presentation, ['holder', 'verifiableCredential[0]'], 'vp+sd-jwt'],
  ])('%s is issued and verified', async (feature, input, sd, typ) => {
    const data = await issue(feature, curve, input, sd)
    const jwt = data.split('~')[0]!
    if (curve !== 'secp256k1') {
      const key = await importJWK(await publicJwk(curve), algorithms[curve])
      expect((await compactVerify(jwt, key)).protectedHeader).toMatchObject({ typ })
    }
    expect(data.split('~')).toHaveLength(sd === undefined ? 1 : sd.length + 2)
    expect(await ask('verify', feature, curve, `${data}\n`)).toEqual({
      code: 0,
      result: 'success',
      data,
    })
  })
})

describe('nothing is issued of', () => {
  test.each<[string, string, unknown, string[]?]>([
    ['no JSON', 'credential_jose', '{'],
    [
      'a credential without a subject',
      'credential_jose',
      { ...credential, credentialSubject: undefined },
    ],
    ['a member that no context defines', 'credential_jose', { ...credential, extra: { a: 1 } }],
    ['a presentation as credential', 'credential_jose', presentation],
    [
      'an envelope without a token',
      'presentation_jose',
      {
        ...presentation,
        verifiableCredential: [{ ...presentation.verifiableCredential[0], id: 'x' }],
      },
    ],
    ['a path that leads nowhere', 'credential_sdjwt', credential, ['credentialSubject.age']],
    ['a type to hide', 'credential_sdjwt', credential, ['type']],
    ['a list of paths that is none', 'credential_sdjwt', credential, [1 as unknown as string]],
  ])('%s', async (_, feature, input, sd) => {
    expect(await ask('issue', feature, 'P-256', input, sd)).toEqual({
      code: 1,
      result: 'failure',
      data: '',
    })
  })
})

describe('not verified is', () => {
  test.each<[string, object]>([
    ['the expired', { exp: 1_700_000_000 }],
    ['the expired by its own date', { validUntil: '2024-02-01T00:00:00Z' }],
    ['what is not valid yet', { validFrom: '2200-01-01T00:00:00Z' }],
    ['the credential of another issuer', { issuer: 'https://other.example/' }],
    ['a vc claim', { vc: {} }],
  ])('%s', async (_, change) => {
    const data = await issue('credential_jose', 'P-256', { ...credential, ...change })
    expect(await verdict('credential_jose', 'P-256', data)).toBe('failure')
  })

  test('the signature of another key, or of another kind of key', async () => {
    const data = await issue('credential_jose', 'P-256', credential)
    expect(await verdict('credential_jose', 'P-384', data)).toBe('failure')
    expect(await verdict('credential_jose', 'P-256', data.slice(0, -4) + 'AAAA')).toBe('failure')
  })

  test('another media type, plain JSON, or what has a tilde too many', async () => {
    const data = await issue('credential_jose', 'P-256', credential)
    expect(await verdict('presentation_jose', 'P-256', data)).toBe('failure')
    expect(await verdict('credential_sdjwt', 'P-256', `${data}~`)).toBe('failure')
    expect(await verdict('credential_jose', 'P-256', credential)).toBe('failure')
  })

  test('a disclosure that was added', async () => {
    const data = await issue('credential_sdjwt', 'P-256', credential, ['credentialSubject.name'])
    expect(await verdict('credential_sdjwt', 'P-256', `${data}WyJzIiwiYSIsMV0~`)).toBe('failure')
  })
})

test('a feature that is not there is indeterminate', async () => {
  expect(await ask('issue', 'credential_cose', 'P-256', credential)).toEqual({
    code: 2,
    result: 'indeterminate',
    data: '',
  })
})

test.each([[['jose-cose', 'sign']], [['jose-cose', 'issue', '--input', 'x']]])(
  '%j is wrong usage',
  async (args) => {
    expect((await livret(args)).code).toBe(64)
  },
)
