import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../sdk/lib/json.ts'
import { compileSchemas, type KnownSchemas } from '../../../sdk/verify/schemas.ts'
import { newPlatform } from '../../support/elsewhere.ts'
import { forge } from '../../support/issuer.ts'
import { startWorld, type World } from '../../support/world.ts'

const folder = new URL('../../../../shared/data/ob/', import.meta.url)
const isThere = existsSync(folder)
if (!isThere) console.warn('skipped: the samples of 1EdTech are not in ../shared/data/ob')
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')

/**
 * The hosts of the samples' issuers, as their keys want them: 1EdTech writes each key into the fragment of
 * its own address. What is said here of a host is a test's, not the host's.
 */
const keyOf = new Map<string, Set<string>>()
function fetchDocument(id: string): Promise<JsonObject> {
  const keys = [...(keyOf.get(id) ?? [])]
  if (keys.length === 0) return Promise.reject(new Error('the host is down'))
  return Promise.resolve({
    id,
    verificationMethod: keys.map((publicKeyMultibase) => ({
      id: `${id}#${publicKeyMultibase}`,
      type: 'Multikey',
      controller: id,
      publicKeyMultibase,
    })),
    assertionMethod: keys.map((key) => `${id}#${key}`),
  })
}

let world: World
let schemas: KnownSchemas
beforeAll(async () => {
  if (!isThere) return
  for (const name of readdirSync(folder).filter((each) => each.startsWith('sample'))) {
    for (const [, url = '', key = ''] of read(name).matchAll(/"(https:[^"#]+)#(z6Mk\w+)"/g)) {
      keyOf.set(url, (keyOf.get(url) ?? new Set()).add(key))
    }
  }
  schemas = await compileSchemas({
    'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json':
      JSON.parse(read('ob3-achievementcredential-schema.patched.json')) as JsonObject,
  })
  world = await startWorld()
})
afterAll(() => (isThere ? world.stop() : undefined))

/** Everything that is not as it is in every good one. */
async function outcome(text: string, options: object = {}) {
  const verifier = await world.verifier({
    policy: { foreign: 'report' },
    fetchDocument,
    schemas,
    ...options,
  })
  const { verdict, checks } = await verifier.verifyCredential(text)
  return { verdict, codes: checks.map(({ code }) => code).filter((code) => !usual.has(code)) }
}

const usual = new Set([
  ...['DECODED', 'FORMAT_ACCEPTED', 'SIGNATURE_VALID', 'IN_PERIOD', 'STATUS_NONE'],
  ...['ANCHOR_FOREIGN', 'ISSUER_FOREIGN', 'ACCREDITATION_FOREIGN'],
  ...['HOLDER_NOT_PRESENTED', 'SCHEMA_MATCHED', 'NOT_REACHED'],
])

const outcomes: [string, string, string[]][] = [
  ['sample-simple.json', 'undecided', []],
  ['sample-simple-did-web-method.json', 'undecided', []],
  ['sample-endorsement-valid.json', 'undecided', []],
  // Its index is a number; Bitstring Status List 1.0 section 2.1 wants text.
  ['sample-bitstring-revoked.json', 'invalid', ['STATUS_MALFORMED']],
  // Its refreshService goes by the credential's own id, so that nobody can tell what is said of which.
  ['sample-complete.json', 'invalid', ['CREDENTIAL_MALFORMED']],
  // 1EdTech brings its context in no package.
  ['sample-clr-simple.json', 'undecided', ['CONTEXT_UNAVAILABLE']],
  ['sample-simple-err-expired.json', 'invalid', ['EXPIRED']],
  ['sample-simple-err-issuer.json', 'invalid', ['CREDENTIAL_MALFORMED']],
  ['sample-simple-err-proof-value.json', 'invalid', ['SIGNATURE_INVALID']],
  // Of an InvalidResult, nothing means anything.
  ['sample-simple-err-credential-subject-result-type.json', 'invalid', ['TERMS_UNDEFINED']],
  // Before VCDM 2.0, with proofs that nobody makes any more.
  ['sample-credential-status-revoked.json', 'invalid', ['PROOF_UNSUPPORTED']],
  ['sample-simple-eddsa-2022.json', 'invalid', ['PROOF_UNSUPPORTED']],
]

describe.skipIf(!isThere)('the samples of 1EdTech', () => {
  test.each(outcomes)('%s is %s: %j', async (name, verdict, codes) => {
    expect(await outcome(read(name))).toEqual({ verdict, codes })
  })

  test('every sample is in the table', () => {
    const names = readdirSync(folder).filter((name) => name.startsWith('sample'))
    expect(outcomes.map(([name]) => name).sort()).toEqual(names.sort())
  })
})

/** What a sample says, signed as a JWT by a platform whose key is at hand. */
describe.skipIf(!isThere)('the same contents as tokens', () => {
  const platform = newPlatform()
  const sample = (name: string) => JSON.parse(read(name)) as Badge

  async function signed(name: string, change: (sample: Badge) => object) {
    const credential = { ...sample(name), proof: undefined }
    const issuer = { id: platform.issuer, type: ['Profile'], name: 'Example Corp' }
    const { kid, algorithm: alg } = platform.signer
    const payload = { ...credential, issuer, ...change(credential) }
    return forge({ alg, kid, typ: 'vc+jwt' }, payload, platform.signer)
  }

  const lists = {
    [platform.issuer]: platform.documents[platform.issuer],
    'https://1edtech.edu/credentials/3732/revocations': {
      issuer: platform.issuer,
      revokedCredential: [{ id: 'http://1edtech.edu/credentials/1' }],
    },
  }
  const hosts = (documents: Record<string, unknown>) => ({
    fetchDocument: (url: string) =>
      url in documents
        ? Promise.resolve(documents[url] as JsonObject)
        : Promise.reject(new Error('the host is down')),
  })
  const list = (revokedCredential: object[], issuer: string = platform.issuer) =>
    hosts({
      ...lists,
      'https://1edtech.edu/credentials/3732/revocations': { issuer, revokedCredential },
    })

  /** Without its contradiction, and without endorsements whose keys nobody has. */
  const mended = ({ credentialSubject }: Badge) => ({
    endorsement: undefined,
    credentialSubject: {
      ...credentialSubject,
      result: [],
      achievement: {
        ...(credentialSubject['achievement'] as object),
        creator: undefined,
        endorsement: undefined,
      },
    },
  })

  test('a result of no type violates the model', async () => {
    const name = 'sample-simple-err-credential-subject-result-type.json'
    const text = await signed(name, () => ({}))
    const { codes } = await outcome(text, hosts(lists))
    expect(codes).toEqual(['TERMS_UNDEFINED', 'SCHEMA_VIOLATED'])
  })

  test('a level that its rubric does not have contradicts it', async () => {
    const text = await signed('sample-complete.json', () => ({}))
    const { verdict, codes } = await outcome(text, hosts(lists))
    expect([verdict, codes]).toEqual(['invalid', ['LIST_NOT_REVOKED', 'RESULTS_INCONSISTENT']])
  })

  test('an endorsement in the name of one, with the key of another, is none', async () => {
    const text = await signed('sample-complete.json', (badge) => ({
      credentialSubject: { ...badge.credentialSubject, result: [] },
    }))
    const { verdict, codes } = await outcome(text, hosts(lists))
    expect([verdict, codes]).toEqual(['invalid', ['LIST_NOT_REVOKED', 'EMBEDDED_INVALID']])
  })

  test.each<[string, object, string, string[]]>([
    ['names others', hosts(lists), 'undecided', ['LIST_NOT_REVOKED']],
    ['names it', list([{ id: 'http://1edtech.edu/credentials/3732' }]), 'invalid', ['REVOKED']],
    [
      'takes it back',
      list([{ id: 'http://1edtech.edu/credentials/3732', revoked: false }]),
      'undecided',
      ['LIST_NOT_REVOKED'],
    ],
    ['is another’s', list([], 'https://evil.example/'), 'invalid', ['STATUS_LIST_FOREIGN']],
    [
      'cannot be had',
      hosts({ [platform.issuer]: lists[platform.issuer] }),
      'undecided',
      ['STATUS_LIST_UNREACHABLE'],
    ],
    [
      'is none',
      hosts({ ...lists, 'https://1edtech.edu/credentials/3732/revocations': {} }),
      'undecided',
      ['STATUS_LIST_INVALID'],
    ],
  ])('1EdTechRevocationList: one that %s', async (_, options, verdict, codes) => {
    const text = await signed('sample-complete.json', mended)
    expect(await outcome(text, options)).toEqual({ verdict, codes })
  })

  test('its schema is held against it where the verifier brings it', async () => {
    const text = await signed('sample-complete.json', (badge) =>
      Object.assign(mended(badge), { image: 7 }),
    )
    const { codes } = await outcome(text, hosts(lists))
    expect(codes).toContain('SCHEMA_VIOLATED')
    const without = await outcome(text, { ...hosts(lists), schemas: new Map() })
    expect(without.codes).not.toContain('SCHEMA_VIOLATED')
  })
})

interface Badge {
  credentialSubject: Record<string, unknown>
}
