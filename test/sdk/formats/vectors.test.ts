import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { importVerifyKey, verifySignature } from '#crypto'
import { createDidResolver, findVerificationKey } from '../../../sdk/did/resolver.ts'
import { decodeCredential } from '../../../sdk/formats/decode.ts'
import type { Did } from '../../../sdk/model/primitives.ts'

interface Vectors {
  cases: { name: string; expect: 'valid' | 'invalid' | 'policy'; jwt: string }[]
}

const file = new URL('../../../../shared/data/vectors/vc_jwt.json', import.meta.url)
const vectors = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Vectors)
  : { cases: [] }

const resolver = createDidResolver()

/** What decoding and the signature say; the times are another check's. */
async function outcome(jwt: string): Promise<string> {
  try {
    const { algorithm, kid, issuer, signingInput, signature } = decodeCredential(jwt)
    const key = importVerifyKey(
      await findVerificationKey(resolver, kid, issuer as Did, 'assertionMethod'),
    )
    const isGenuine = await verifySignature(algorithm, key, signingInput, signature)
    return isGenuine ? 'genuine' : 'forged'
  } catch (error) {
    return (error as { facts: { code: string } }).facts.code
  }
}

const expected: Record<string, string> = {
  'valid-did-jwk': 'genuine',
  'valid-did-key': 'genuine',
  'valid-iss-equals-issuer': 'genuine',
  'valid-issuer-string': 'genuine',
  'bad-signature': 'forged',
  'bad-alg-none': 'ALGORITHM_NOT_ALLOWED',
  'bad-vc-claim': 'CREDENTIAL_MALFORMED',
  'bad-iss-mismatch': 'ISSUER_MISMATCH',
  'bad-kid-not-issuer': 'ISSUER_MISMATCH',
  'bad-expired': 'genuine',
  'bad-not-yet-valid': 'genuine',
  'bad-range': 'CREDENTIAL_MALFORMED',
  'bad-context-first': 'CREDENTIAL_MALFORMED',
  'bad-type': 'CREDENTIAL_MALFORMED',
  'bad-typ': 'CREDENTIAL_MALFORMED',
  'bad-crit': 'HEADER_REFUSED',
}

describe.skipIf(vectors.cases.length === 0)('the vc+jwt vectors', () => {
  test.each(vectors.cases)('$name', async ({ name, jwt }) => {
    expect(await outcome(jwt)).toBe(expected[name])
  })

  test('are all of them named here', () => {
    expect(vectors.cases.map(({ name }) => name)).toEqual(Object.keys(expected))
  })
})
