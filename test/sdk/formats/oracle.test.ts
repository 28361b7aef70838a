import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { mutate, mutation } from '../../../scripts/fuzz/mutation.ts'
import { createDidResolver } from '../../../sdk/did/resolver.ts'
import { signJwtVcJson, verifyJwtVcJson } from '../../../sdk/formats/jwt-vc-json.ts'
import { parsePolicy } from '../../../sdk/verify/policy.ts'
import { createVerifier } from '../../../sdk/verify/create-verifier.ts'
import { forge, newParty, plainCredential } from '../../support/issuer.ts'

const now = Date.parse('2026-06-01T00:00:00Z') / 1000
const resolver = createDidResolver()
const verifier = createVerifier({
  policy: parsePolicy(JSON.stringify({ version: 1, chains: [], anchorRequired: false })),
  resolver,
  now: () => now * 1000,
})
const [issuer, attacker] = [newParty(), newParty()]
const header = { alg: 'ES256', typ: 'JWT', kid: issuer.signer.kid }
const vc = {
  '@context': ['https://www.w3.org/2018/credentials/v1'],
  type: ['VerifiableCredential', 'TrainingCertificateCredential'],
  credentialSubject: { id: 'did:example:ada', hours: 16 },
}
const claims = { iss: issuer.did, sub: 'did:example:ada', nbf: now - 86_400, jti: 'urn:x:1', vc }

/** What we say: `valid`, or the first code against it. */
async function ours(text: string): Promise<string> {
  const { verdict, checks } = await verifier.verifyCredential(text)
  if (verdict === 'valid') return verdict
  return checks.find(({ status }) => status === 'failed' || status === 'undecided')?.code ?? verdict
}

/** What did-jwt-vc says. */
const theirs = (text: string) =>
  verifyJwtVcJson(text, resolver, now).then(
    () => 'valid',
    () => 'refused',
  )

/** Where we refuse what did-jwt-vc accepts, by which code, and why. */
const stricter: Readonly<Record<string, readonly [code: string, why: string]>> = {
  'typ of VCDM 2.0': [
    'CREDENTIAL_MALFORMED',
    'VC-JOSE-COSE section 3.1.1: no claim vc in a vc+jwt',
  ],
  'kid of another': ['ISSUER_MISMATCH', 'did-jwt tries every key of iss and ignores kid'],
  'kid that is no URL': ['KID_MALFORMED', 'did-jwt ignores kid'],
  crit: ['HEADER_REFUSED', 'RFC 7515 section 4.1.11: what is critical must be understood'],
  'b64 false': ['HEADER_REFUSED', 'RFC 7797: it changes what is signed'],
  'a key in its header': ['HEADER_REFUSED', 'the key of an issuer is found by its DID'],
  jku: ['HEADER_REFUSED', 'the same'],
  'an issuer beside iss': ['ISSUER_MISMATCH', 'two readers would see two issuers'],
  'nbf as text': ['CREDENTIAL_MALFORMED', 'RFC 7519 section 2: a NumericDate is a number'],
  'exp as text': ['CREDENTIAL_MALFORMED', 'the same'],
  'iat in the future': ['NOT_YET_VALID', 'did-jwt looks at iat only where there is no nbf'],
  'expirationDate in the past': ['CREDENTIAL_MALFORMED', 'did-jwt-vc looks at exp only'],
  'issuanceDate beside nbf': ['CREDENTIAL_MALFORMED', 'two readers would see two dates'],
  'no subject': ['CREDENTIAL_MALFORMED', 'VCDM 1.1 section 4.4: there must be one'],
  'sub of another': ['CREDENTIAL_MALFORMED', 'two readers would see two subjects'],
  'jti beside id': ['CREDENTIAL_MALFORMED', 'two readers would see two credentials'],
  'a member outside and inside': ['CREDENTIAL_MALFORMED', 'two readers would see two members'],
  'a member twice': ['MALFORMED', 'RFC 7493 section 2.3'],
  'a lone surrogate': ['MALFORMED', 'RFC 7493 section 2.1'],
  '70 levels': ['MALFORMED', 'more than any credential needs'],
}

/** Where did-jwt-vc refuses what we accept, and why that is right. */
const looser: Readonly<Record<string, string>> = {
  'blanks around it': 'the line end of a file; they are cut off before anything is read',
}

function signedBy(algorithm: 'EdDSA' | 'ES256K'): Promise<string> {
  const party = newParty(algorithm)
  return signJwtVcJson(plainCredential(party.did), party.signer)
}

let tokens: Readonly<Record<string, string>>
beforeAll(async () => {
  const { signer } = issuer
  const make = (change: object, more: object = {}) =>
    forge({ ...header, ...more }, { ...claims, ...change }, signer)
  const inVc = (change: object) => make({ vc: { ...vc, ...change } })
  const good = await make({})
  const [head = '', payload = '', signature = ''] = good.split('.')
  const raw = (text: string) => forge(header, text, signer)
  tokens = {
    good,
    'by EdDSA': await signedBy('EdDSA'),
    'by ES256K': await signedBy('ES256K'),
    'no signature': `${head}.${payload}.`,
    'two segments': `${head}.${payload}`,
    'four segments': `${good}.x`,
    'another signature': `${head}.${payload}.${'A'.repeat(86)}`,
    'a padded signature': `${good}==`,
    'a longer signature': `${good}AAAA`,
    'blanks around it': ` ${good}\n`,
    'a DER signature': `${head}.${payload}.MEUCIQ${signature.slice(6)}`,
    'alg none': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
    'alg of another curve': await make({}, { alg: 'ES256K' }),
    'no typ': await make({}, { typ: undefined }),
    'typ of VCDM 2.0': await make({}, { typ: 'vc+jwt' }),
    'no kid': await make({}, { kid: undefined }),
    'kid of another': await make({}, { kid: attacker.signer.kid }),
    'kid that is no URL': await make({}, { kid: 'key-1' }),
    crit: await make({}, { crit: ['exp'] }),
    'b64 false': await make({}, { b64: false }),
    'a key in its header': await make({}, { jwk: issuer.publicJwk }),
    jku: await make({}, { jku: 'https://evil.example' }),
    'signed by another': await forge(header, claims, attacker.signer),
    'no iss': await make({ iss: undefined }),
    'iss of another': await make({ iss: attacker.did }),
    'iss that is no DID': await make({ iss: 'https://evil.example' }),
    'an issuer beside iss': await inVc({ issuer: attacker.did }),
    'nbf in the future': await make({ nbf: now + 86_400 }),
    'nbf in milliseconds': await make({ nbf: now * 1000 }),
    'nbf as text': await make({ nbf: String(now) }),
    'no nbf, but iat': await make({ nbf: undefined, iat: now - 10 }),
    'no date': await make({ nbf: undefined }),
    'iat in the future': await make({ iat: now + 86_400 }),
    expired: await make({ exp: now - 86_400 }),
    'exp later': await make({ exp: now + 86_400 }),
    'exp as text': await make({ exp: String(now + 86_400) }),
    'expirationDate in the past': await inVc({ expirationDate: '2026-01-01T00:00:00Z' }),
    'issuanceDate beside nbf': await inVc({ issuanceDate: '2020-01-01T00:00:00Z' }),
    'no vc': await make({ vc: undefined }),
    'vc null': await make({ vc: null }),
    'vc as a list': await make({ vc: [] }),
    'no context': await inVc({ '@context': undefined }),
    'another context first': await inVc({ '@context': ['https://www.w3.org/ns/credentials/v2'] }),
    'no type': await inVc({ type: undefined }),
    'not a VerifiableCredential': await inVc({ type: ['Other'] }),
    'no subject': await inVc({ credentialSubject: undefined }),
    'an empty subject': await inVc({ credentialSubject: {} }),
    'sub of another': await make({ sub: 'did:example:bob' }),
    'jti beside id': await inVc({ id: 'urn:x:2' }),
    'an audience': await make({ aud: 'did:web:employer.example' }),
    'a member outside and inside': await make({ credentialSubject: { id: 'did:example:bob' } }),
    'a member twice': await raw(JSON.stringify(claims).replace('{', `{"iss":"${attacker.did}",`)),
    'a lone surrogate': await raw(JSON.stringify(claims).replace('"hours"', '"\\ud800"')),
    '70 levels': await inVc({
      credentialSubject: {
        id: 'did:example:ada',
        a: JSON.parse('['.repeat(70) + ']'.repeat(70)) as unknown,
      },
    }),
    'not JSON': await raw('{'),
  }
})

describe('did-jwt-vc, the oracle of jwt_vc_json', () => {
  test('says the same of every token, but for the differences that are named here', async () => {
    const differences = new Map<string, string>()
    for (const [name, text] of Object.entries(tokens)) {
      const [we, they] = [await ours(text), await theirs(text)]
      if ((we === 'valid') !== (they === 'valid')) differences.set(name, we)
    }
    const named = Object.entries(stricter).map(([name, [code]]) => [name, code] as const)
    const accepted = Object.keys(looser).map((name) => [name, 'valid'] as const)
    expect(Object.fromEntries(differences)).toEqual(Object.fromEntries([...named, ...accepted]))
  })

  test.each(['good', 'by EdDSA', 'by ES256K', 'no typ', 'exp later'])(
    'accepts, as we do: %s',
    async (name) => {
      const text = tokens[name]!
      expect([await ours(text), await theirs(text)]).toEqual(['valid', 'valid'])
    },
  )

  test('accepts whatever we accept of tokens changed at random', async () => {
    const signing = {
      attacker: (data: Uint8Array) => attacker.signer.sign(data),
      issuer: (data: Uint8Array) => issuer.signer.sign(data),
    }
    let refusedByBoth = 0
    await fc.assert(
      fc.asyncProperty(mutation, async (change) => {
        const text = await mutate(tokens['good']!, change, signing).catch(() => 'x')
        const isOurs = (await ours(text)) === 'valid'
        const isTheirs = (await theirs(text.trim())) === 'valid'
        if (!isOurs && !isTheirs) refusedByBoth += 1
        expect(isOurs && !isTheirs).toBe(false)
      }),
      { numRuns: 300, seed: 4 },
    )
    expect(refusedByBoth).toBeGreaterThan(100)
  })
})
