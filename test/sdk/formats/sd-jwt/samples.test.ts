import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openSdJwt } from '../../../../sdk/formats/sd-jwt/decode.ts'

const folder = new URL('../../../../../shared/data/oid4vc-examples/', import.meta.url)
const samples = [
  ['vci/credential_response_sd_jwt_vc.txt', 'family_name', false],
  ['vp/sd_jwt_vcld/01/sd_jwt_issuance.txt', 'ld', false],
  ['vp/sd_jwt_vcld/01/sd_jwt_presentation.txt', 'ld', true],
] as const

/** The SD-JWT in a file that is laid out for print. */
function sdJwtIn(name: string): string {
  const text = readFileSync(new URL(name, folder), 'utf8').replaceAll(/\s+/g, '')
  return /eyJ[\w-]+\.[\w-]+\.[\w-]+(?:~[\w-]*)*~(?:[\w-]+\.[\w-]+\.[\w-]+)?/.exec(text)?.[0] ?? ''
}

describe.skipIf(!existsSync(folder))('the samples of OpenID4VCI and OpenID4VP', () => {
  test.each(samples)('%s is opened', (name, claim, isPresented) => {
    const { jws, claims, parts } = openSdJwt(sdJwtIn(name))
    expect(jws.typ).toBe('dc+sd-jwt')
    expect(claims).toHaveProperty(claim)
    expect(JSON.stringify(claims)).not.toMatch(/"_sd"|"\.\.\."/)
    expect(parts.keyBinding !== undefined).toBe(isPresented)
  })
})
