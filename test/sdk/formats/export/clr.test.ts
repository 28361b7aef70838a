import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { toClr } from '../../../../sdk/formats/export/clr.ts'
import { decodeCredential } from '../../../../sdk/formats/decode.ts'
import type { DecodedCredential } from '../../../../sdk/formats/decoded.ts'
import { signLdpVc } from '../../../../sdk/formats/ldp-vc.ts'
import { readCredential } from '../../../../sdk/formats/read.ts'
import { signVcJwt } from '../../../../sdk/formats/vc-jwt.ts'
import type { JsonObject } from '../../../../sdk/lib/json.ts'
import { judgeContent } from '../../../../sdk/model/content.ts'
import { Credential, type CredentialDocument } from '../../../../sdk/model/credential.ts'
import { Policy } from '../../../../sdk/model/policy.ts'
import { createVerifier } from '../../../../sdk/verify/create-verifier.ts'
import { compileSchemas } from '../../../../sdk/verify/schemas.ts'
import { foreignBadge } from '../../../support/elsewhere.ts'
import { newParty } from '../../../support/issuer.ts'

const school = newParty('EdDSA')
const registry = newParty()
const badge = (change: object = {}) => foreignBadge(school.did, change) as CredentialDocument
const frame = {
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  issuer: { id: registry.did, name: 'Région' },
  name: 'Parcours',
  validFrom: '2026-03-01T00:00:00Z',
}

let token: string
let credentials: DecodedCredential[]
beforeAll(async () => {
  token = await signVcJwt(badge(), school.signer)
  const embedded = await signLdpVc(badge({ id: 'urn:uuid:2' }), school.signer)
  credentials = [decodeCredential(token), await readCredential(embedded)]
})

describe('toClr', () => {
  test('holds each credential as it was signed', () => {
    const { credentialSubject } = toClr(credentials, frame)
    expect(credentialSubject).toMatchObject({
      id: 'did:example:ebfeb1f712ebc6f1c276e12ec21',
      type: ['ClrSubject'],
      verifiableCredential: [
        { type: 'EnvelopedVerifiableCredential', id: `data:application/vc+jwt,${token}` },
        { type: ['VerifiableCredential', 'OpenBadgeCredential'], proof: {} },
      ],
    })
  })

  test('names each achievement once', () => {
    const { credentialSubject } = toClr(credentials, frame)
    expect(credentialSubject.achievement).toMatchObject([{ name: 'Teamwork' }])
  })

  test('keeps the rules of CLR 2.0', () => {
    expect(judgeContent(Credential.parse(toClr(credentials, frame)))).toEqual({
      model: 'CLR 2.0',
      violations: [],
      inconsistencies: [],
    })
  })

  test('signed, it is verified with all that it holds', async () => {
    const verifier = createVerifier({
      policy: Policy.parse({ version: 1, chains: [], anchorRequired: false }),
    })
    const outcome = async (list: DecodedCredential[]) => {
      const record = await signVcJwt(toClr(list, frame), registry.signer)
      const { verdict, checks } = await verifier.verifyCredential(record)
      return [verdict, checks.find(({ name }) => name === 'schema')?.code]
    }
    expect(await outcome(credentials)).toEqual(['valid', 'CONTEXT_UNKNOWN'])
    const [first, second] = credentials as [DecodedCredential, DecodedCredential]
    const forged = { ...first, text: `${first.text.slice(0, -8)}AAAAAAAA` }
    expect(await outcome([second, forged])).toEqual(['invalid', 'EMBEDDED_INVALID'])
  })

  test('refuses an empty one, and one of two people', async () => {
    const other = badge({
      credentialSubject: { ...(badge().credentialSubject as object), id: 'did:example:other' },
    })
    const theirs = decodeCredential(await signVcJwt(other, school.signer))
    for (const list of [[], [...credentials, theirs]]) {
      expect(() => toClr(list, frame)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
    }
  })
})

const data = new URL('../../../../../shared/data/', import.meta.url)
describe.skipIf(!existsSync(data))('held against the schemas of the standards', () => {
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, data), 'utf8')) as JsonObject

  test('keeps the W3C schema for VCDM 2.0', async () => {
    const schemas = await compileSchemas({ vc: read('w3c/vc-schema.json') })
    const record = JSON.parse(JSON.stringify(toClr(credentials, frame))) as JsonObject
    expect(schemas.get('vc')?.(record)).toEqual([])
  })

  test('the sample of 1EdTech keeps the rules that we hold records to', () => {
    const sample = Credential.parse(read('ob/sample-clr-simple.json'))
    expect(judgeContent(sample)).toMatchObject({ model: 'CLR 2.0', violations: [] })
  })

  test('has the members of the sample', () => {
    const sample = read('ob/sample-clr-simple.json')['credentialSubject'] as JsonObject
    const made = Object.keys(toClr(credentials, frame).credentialSubject)
    expect(Object.keys(sample)).toEqual(expect.arrayContaining(made))
  })
})
