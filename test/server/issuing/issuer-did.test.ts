import { describe, expect, test } from 'vitest'
import { generateKey, jwkThumbprintBase64url } from '#sdk'
import { didWebUrl } from '../../../sdk/did/did-web.ts'
import { issuerDid, keyId } from '../../../server/issuing/issuer-did.ts'

describe('issuerDid', () => {
  test.each([
    ['https://livret.example', 'did:web:livret.example:issuers:greta'],
    ['https://livret.example:8443', 'did:web:livret.example%3A8443:issuers:greta'],
    ['https://region.example/livret/v1', 'did:web:region.example:livret:v1:issuers:greta'],
    ['http://localhost:8080', 'did:web:localhost%3A8080:issuers:greta'],
  ])('of %s resolves to the address at which the document is served', (baseUrl, did) => {
    expect(issuerDid(baseUrl, 'greta')).toBe(did)
    expect(didWebUrl(did, true)?.href).toBe(`${baseUrl}/issuers/greta/did.json`)
  })
})

describe('keyId', () => {
  test('names a key by its thumbprint', () => {
    const { publicJwk } = generateKey('ES256')
    const did = issuerDid('https://livret.example', 'greta')
    expect(keyId(did, publicJwk)).toBe(`${did}#${jwkThumbprintBase64url(publicJwk)}`)
  })
})
