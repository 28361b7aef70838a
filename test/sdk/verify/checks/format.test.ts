import { describe, expect, test } from 'vitest'
import { decodeCredential } from '../../../../sdk/formats/decode.ts'
import { signJwtVcJson } from '../../../../sdk/formats/jwt-vc-json.ts'
import { signVcJwt } from '../../../../sdk/formats/vc-jwt.ts'
import { credentialsV2 } from '../../../../sdk/model/credential.ts'
import { checkFormat } from '../../../../sdk/verify/checks/format.ts'
import { parsePolicy } from '../../../../sdk/verify/policy.ts'
import { newParty, plainCredential } from '../../../support/issuer.ts'

const policy = parsePolicy(JSON.stringify({ version: 1, chains: [] }))
const issuer = newParty()

async function codeOf(change: object, { sign = signVcJwt, isSigned = true } = {}): Promise<string> {
  const text = await sign(plainCredential(issuer.did, change), issuer.signer, { signedAt: 1 })
  return (await checkFormat({ decoded: decodeCredential(text), policy }, isSigned)).code
}

describe('checkFormat', () => {
  test('accepts a credential whose terms have a meaning', async () => {
    expect(await codeOf({})).toBe('FORMAT_ACCEPTED')
  })

  test.each<[string, object]>([
    ['a term without meaning', { diploma: 'x' }],
    ['a type without meaning', { type: ['VerifiableCredential', 'Diploma'] }],
    [
      'a protected term that is redefined',
      { '@context': [credentialsV2, { VerifiableCredential: 'https://a.example/#Other' }] },
    ],
  ])('refuses %s', async (_, change) => {
    expect(await codeOf(change)).toBe('TERMS_UNDEFINED')
  })

  test('leaves terms of contexts that are not known here to the check of the schema', async () => {
    const change = { '@context': [credentialsV2, 'https://a.example/v1'], diploma: 'x' }
    expect(await codeOf(change)).toBe('FORMAT_ACCEPTED')
  })

  test('does not look for the meaning of what nobody signed', async () => {
    expect(await codeOf({ diploma: 'x' }, { isSigned: false })).toBe('FORMAT_ACCEPTED')
  })

  test('does not look at VCDM 1.1 as JSON-LD', async () => {
    expect(await codeOf({ diploma: 'x' }, { sign: signJwtVcJson })).toBe('FORMAT_ACCEPTED')
  })
})
