import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDidResolver } from '../../../sdk/did/resolver.ts'
import type { JsonObject } from '../../../sdk/lib/json.ts'
import { Policy } from '../../../sdk/model/policy.ts'
import { createVerifier } from '../../../sdk/verify/create-verifier.ts'
import { compileSchemas, type KnownSchemas } from '../../../sdk/verify/schemas.ts'
import { forge, newParty } from '../../support/issuer.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/ebsi/', import.meta.url))
const isThere = existsSync(folder)
if (!isThere) console.warn('skipped: the samples of EBSI are not in ../shared/data/ebsi')
const read = (path: string) => JSON.parse(readFileSync(`${folder}${path}`, 'utf8')) as JsonObject
const attestation1 = 'cef-ebsi-vcdm1.1-attestation-schema-2.0.0'
const accreditation = 'cef-ebsi-vcdm1.1-accreditation-schema-1.3.0'
const attestation2 = 'cef-ebsi-vcdm2.0-attestation-schema-2.0.0'

const legalEntity = newParty()
/** EBSI's DID registry, as far as it is needed: everybody has the same key. */
const ebsi = (did: string) =>
  Promise.resolve({
    didResolutionMetadata: {},
    didDocumentMetadata: {},
    didDocument: {
      id: did,
      verificationMethod: [
        {
          id: `${did}#k`,
          type: 'JsonWebKey',
          controller: did,
          publicKeyJwk: legalEntity.publicJwk,
        },
      ],
      assertionMethod: [`${did}#k`],
    },
  })

/** The 1.1 and the 2.0 examples name one address for two schemas. */
const generic =
  'https://api-test.ebsi.eu/trusted-schemas-registry/v2/schemas/0x23039e6356ea6b703ce672e7cfac0b42765b150f63df78e2bd18ae785787f6a2'
let schemas: KnownSchemas
let schemas2: KnownSchemas
beforeAll(async () => {
  if (!isThere) return
  const at = 'https://api-test.ebsi.eu/trusted-schemas-registry'
  const second = read(`${attestation2}/schema.json`)
  schemas = await compileSchemas({
    // Where the accreditation's own `$ref` leads to from its address.
    [`${at}/v2/schemas/node_modules/@cef-ebsi/vcdm1.1-attestation-schema/schema.json`]: read(
      `${attestation1}/schema.json`,
    ),
    [generic]: read(`${attestation1}/schema.json`),
    [`${at}/v2/schemas/0xbbdaf273ffe65d497cee8c1563b48fa2f468e073c77a8a6cbd6fca93ce665436`]: read(
      `${accreditation}/schema.json`,
    ),
    [`${at}/v3/schemas/0xff4f1fa4f0efd4306a218f669c7482d8cfcc7a13ba44f34af69f41889704002a`]: second,
  })
  schemas2 = new Map([...schemas, ...(await compileSchemas({ [generic]: second }))])
})

/** Verified when all of them were valid, with or without EBSI's registry. */
async function outcome(path: string, change: object = {}, methods: object = { ebsi }) {
  const sample: JsonObject = { ...read(path), ...change }
  const { issuer, id } = sample as { issuer: string | { id: string }; id: string }
  const did = typeof issuer === 'string' ? issuer : issuer.id
  const isOld = path.includes('vcdm1.1')
  const header = { alg: 'ES256', kid: `${did}#k`, typ: isOld ? 'JWT' : 'vc+jwt' }
  const payload = isOld ? { iss: did, jti: id, vc: sample } : sample
  const now = () => Date.parse('2023-06-01T00:00:00Z')
  const verifier = createVerifier({
    policy: Policy.parse({ version: 1, chains: [], anchorRequired: false, foreign: 'report' }),
    resolver: createDidResolver({ methods: methods as { ebsi: typeof ebsi }, now }),
    schemas: isOld ? schemas : schemas2,
    now,
  })
  const text = await forge(header, payload, legalEntity.signer)
  const { verdict, checks } = await verifier.verifyCredential(text)
  const of = (name: string) => checks.find((check) => check.name === name)
  return {
    verdict,
    decode: of('decode')?.code,
    format: of('format')?.code,
    signature: of('signature')?.code,
    status: of('status')?.code,
    schema: of('schema')?.code,
    facts: of('schema')?.facts,
  }
}

const good = { decode: 'DECODED', signature: 'SIGNATURE_VALID', schema: 'SCHEMA_MATCHED' }
const noStatus = { ...good, verdict: 'valid', status: 'STATUS_NONE' }
/** EBSI's entries lead to registries that nobody here asks. */
const ebsiStatus = { ...good, verdict: 'undecided', status: 'STATUS_UNSUPPORTED' }
/** VCDM 2.0 gives every type a meaning by its contexts, and EBSI has none: `VerifiableAttestation` means nothing. */
const noMeaning = { ...good, verdict: 'invalid', format: 'TERMS_UNDEFINED' }
/** It names the digest of a draft of the context, which the address never served as a Recommendation. */
const staleDigest = { verdict: 'invalid', decode: 'CREDENTIAL_MALFORMED', schema: 'NOT_REACHED' }

const outcomes: [string, string, object][] = [
  [attestation1, 'generic-attestation', ebsiStatus],
  [attestation1, 'credential-status-array', ebsiStatus],
  [attestation1, 'issuer-as-an-object', ebsiStatus],
  [attestation1, 'verifiable-authorisation-onboard', noStatus],
  [attestation1, 'verifiable-authorisation-trust-chain', noStatus],
  [accreditation, 'accredited-to-accredit', ebsiStatus],
  [accreditation, 'accredited-to-attest', ebsiStatus],
  [attestation2, 'generic-attestation', staleDigest],
  [attestation2, 'complex-attestation', staleDigest],
  [attestation2, 'evidence-example', staleDigest],
  [attestation2, 'verifiable-authorisation-onboard', noMeaning],
]

describe.skipIf(!isThere)('the samples of EBSI', () => {
  test.each(outcomes)('%s, %s: %j', async (folder, name, expected) => {
    expect(await outcome(`${folder}/examples/${name}.json`)).toMatchObject(expected)
  })

  test.each(['generic-attestation', 'complex-attestation', 'evidence-example'])(
    'without the stale digest, %s keeps EBSI’s rules, and its terms mean nothing',
    async (name) => {
      const path = `${attestation2}/examples/${name}.json`
      expect(await outcome(path, { relatedResource: undefined })).toMatchObject(noMeaning)
    },
  )

  test('every sample is in the table', () => {
    const names = globSync(`${folder}*/examples/*.json`).map((each) => basename(each))
    expect(outcomes.map(([, name]) => `${name}.json`).sort()).toEqual(names.sort())
  })

  test('without a resolver for did:ebsi, nobody knows who signed', async () => {
    const path = `${attestation1}/examples/verifiable-authorisation-onboard.json`
    const found = await outcome(path, {}, {})
    expect(found).toMatchObject({ verdict: 'undecided', signature: 'DID_METHOD_UNSUPPORTED' })
  })

  const attest = `${accreditation}/examples/accredited-to-attest.json`
  test.each<[string, string, object, string]>([
    ['no issued', attest, { issued: undefined }, 'issued'],
    ['no schema', attest, { credentialSchema: undefined }, 'credentialSchema'],
    ['no end', attest, { expirationDate: undefined }, 'validUntil'],
    ['no terms', attest, { termsOfUse: undefined }, 'termsOfUse'],
    [
      'no place in the registry',
      attest,
      { credentialSubject: { id: 'did:ebsi:z1' } },
      'reservedAttributeId',
    ],
    [
      'another status',
      attest,
      { credentialStatus: { id: 'https://example.ebsi.eu/', type: 'AnyExtension' } },
      'EbsiAccreditationEntry',
    ],
    [
      'no id',
      `${attestation2}/examples/verifiable-authorisation-onboard.json`,
      { id: undefined },
      'id',
    ],
  ])('refuses one with %s', async (_, path, change, member) => {
    schemas = schemas2 = new Map()
    const found = await outcome(path, change)
    expect(found).toMatchObject({ verdict: 'invalid', schema: 'SCHEMA_VIOLATED' })
    expect(JSON.stringify(found.facts)).toContain(member)
  })
})
