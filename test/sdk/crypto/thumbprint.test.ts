import { calculateJwkThumbprint } from 'jose'
import { describe, expect, test } from 'vitest'
import { generateKey } from '../../../sdk/crypto/node.ts'
import { jwkThumbprint, jwkThumbprintBase64url } from '../../../sdk/crypto/thumbprint.ts'

describe('jwkThumbprint', () => {
  test('is that of RFC 8037 appendix A.3', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
    const jwk = { kty: 'OKP', crv: 'Ed25519', x } as const
    expect(jwkThumbprintBase64url(jwk)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  })

  test.each(['ES256', 'EdDSA'] as const)('is that of jose for %s', async (algorithm) => {
    const { publicJwk } = generateKey(algorithm)
    const expected = await calculateJwkThumbprint({ ...publicJwk })
    expect(jwkThumbprintBase64url(publicJwk)).toBe(expected)
    expect(jwkThumbprint(publicJwk)).toBe(`0x${Buffer.from(expected, 'base64url').toString('hex')}`)
  })

  test('knows the required members only', () => {
    const { publicJwk } = generateKey('ES256')
    const decorated = { kid: 'a', use: 'sig', ...publicJwk }
    expect(jwkThumbprint(decorated)).toBe(jwkThumbprint(publicJwk))
  })
})
