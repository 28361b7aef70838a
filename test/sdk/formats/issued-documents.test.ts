import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { judgeTerms } from '../../../sdk/formats/json-ld/judge-terms.ts'
import { signJwtVcJson } from '../../../sdk/formats/jwt-vc-json.ts'
import { signLdpVc } from '../../../sdk/formats/ldp-vc.ts'
import { signOb3Jwt } from '../../../sdk/formats/ob3-jwt.ts'
import { readCredential } from '../../../sdk/formats/read.ts'
import { signedDocument } from '../../../sdk/formats/signed-document.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import type { JsonObject } from '../../../sdk/lib/json.ts'
import { Did } from '../../../sdk/model/primitives.ts'
import { statusEntries } from '../../../sdk/model/status-entry.ts'
import { buildTrainingCertificate } from '../../../sdk/model/training-certificate.ts'
import { compileSchemas, type KnownSchemas } from '../../../sdk/verify/schemas.ts'
import { wholeCertificate } from '../../support/certificate.ts'
import { newParty } from '../../support/issuer.ts'

const data = new URL('../../../../shared/data/', import.meta.url)
const isThere = existsSync(data)
if (!isThere) console.warn('skipped: the schemas of the standards are not in ../shared/data')
const w3c = 'https://www.w3.org/2022/credentials/v2/verifiable-credential-schema.json'
const badges =
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json'

let schemas: KnownSchemas
beforeAll(async () => {
  if (!isThere) return
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, data), 'utf8')) as JsonObject
  schemas = await compileSchemas({
    [w3c]: read('w3c/vc-schema.json'),
    [badges]: read('ob/ob3-achievementcredential-schema.patched.json'),
  })
})

const issuer = newParty('EdDSA')
const entries = statusEntries({
  url: 'https://region.example/issuers/greta/status/7',
  list: 7n,
  index: 9,
})
const certificate = {
  ...buildTrainingCertificate(wholeCertificate(issuer.did, Did.parse('did:example:ada')), {
    id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
    validFrom: '2026-03-01T00:00:00.123Z',
    validUntil: '2036-03-01T00:00:00Z',
  }),
  receipt: 'https://region.example/credentials/1/receipt',
}

const all = { ...certificate, credentialStatus: entries }
const signers = {
  'vc+jwt': () => signVcJwt(all, issuer.signer),
  // Open Badges 3.0 has room for one status, VCDM for as many as we need.
  'ob3-strict': () =>
    signOb3Jwt({ ...certificate, credentialStatus: entries.slice(0, 1) }, issuer.signer),
  ldp_vc: () => signLdpVc(all, issuer.signer),
  jwt_vc_json: () => signJwtVcJson(all, issuer.signer),
} as const
const formats = Object.keys(signers) as (keyof typeof signers)[]
const modern = formats.filter((format) => format !== 'jwt_vc_json')

const issued = async (format: keyof typeof signers) =>
  signedDocument(await readCredential(await signers[format]()))

describe.skipIf(!isThere)('what we issue', () => {
  test.each(modern)('%s: keeps the W3C schema for VCDM 2.0', async (format) => {
    expect(schemas.get(w3c)?.(await issued(format))).toEqual([])
  })

  test('ob3-strict: keeps the schema of 1EdTech', async () => {
    expect(schemas.get(badges)?.(await issued('ob3-strict'))).toEqual([])
  })

  test.each(modern)('%s: keeps the schema of 1EdTech, with each status alone', async (format) => {
    const document = await issued(format)
    for (const credentialStatus of entries) {
      expect(schemas.get(badges)?.({ ...document, credentialStatus })).toEqual([])
    }
  })

  test.each(modern)('%s: has a meaning for every term', async (format) => {
    const document = Object.entries(await issued(format)).filter(([name]) => name !== 'proof')
    expect(await judgeTerms(Object.fromEntries(document))).toEqual({ kind: 'defined' })
  })

  test('jwt_vc_json: says when it was issued, as VCDM 1.1 does', async () => {
    const document = await issued('jwt_vc_json')
    expect(document['@context']).toContain('https://www.w3.org/2018/credentials/v1')
    expect(document).not.toHaveProperty('validFrom')
  })
})
