import { expect, test } from 'vitest'
import type { JsonObject } from '../../../sdk/lib/json.ts'
import { createVerifier } from '../../../sdk/verify/create-verifier.ts'
import { parsePolicy } from '../../../sdk/verify/policy.ts'
import { newParty } from '../../support/issuer.ts'
import { forgeSdJwt } from '../../support/sd-jwt.ts'

const party = newParty()
const issuer = 'https://university.example/tenant/1'
const policy = parsePolicy('{"version":1,"chains":[],"anchorRequired":false,"foreign":"report"}')

/** What is said of a diploma whose issuer serves these pages. */
async function judge(pages: Readonly<Record<string, unknown>>, kid = 'key-1') {
  const text = await forgeSdJwt(party, { iss: issuer, degree: 'Bachelor' }, [], { kid })
  const fetchDocument = (url: string) =>
    url in pages ? Promise.resolve(pages[url] as JsonObject) : Promise.reject(new Error('down'))
  const { checks } = await createVerifier({ policy, fetchDocument }).verifyCredential(text)
  return checks.find(({ name }) => name === 'signature')?.code
}

const address = 'https://university.example/.well-known/jwt-vc-issuer/tenant/1'
const jwks = { keys: [{ ...party.publicJwk, kid: 'key-1' }] }

test('the key of an issuer with an https address is in its metadata', async () => {
  expect(await judge({ [address]: { issuer, jwks } })).toBe('SIGNATURE_VALID')
})

test('the metadata of another issuer is not believed', async () => {
  expect(await judge({ [address]: { issuer: 'https://evil.example', jwks } })).toBe('KEY_INVALID')
})

test('metadata that another tenant of the host wrote are none', async () => {
  const elsewhere = 'https://university.example/tenant/2/keys'
  const code = await judge({ [elsewhere]: { issuer, jwks } }, `${elsewhere}#key-1`)
  expect(code).not.toBe('SIGNATURE_VALID')
})

test('a dead host leaves it undecided', async () => {
  expect(await judge({})).toBe('KEY_UNRESOLVED')
})
