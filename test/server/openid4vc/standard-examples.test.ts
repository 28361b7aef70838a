/**
 * Every JSON example of OpenID4VCI 1.0 and OpenID4VP 1.0 that is a message is read by what reads such
 * messages: the library's schemas, or our own.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zClientMetadata } from '@openid4vc/openid4vp'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { DcqlQuery, isJsonObject, readJson } from '#sdk'
import { libraryOf } from '../../../server/wallet-flows/library.ts'
import { CredentialRequest } from '../../../server/wallet-flows/request-credential.ts'

const examples = '../shared/data/oid4vc-examples'
const filesOf = (folder: string) => {
  const path = join(examples, folder)
  return existsSync(path)
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(json|txt)$/.test(name))
        .map((name) => join(path, name))
    : []
}
/** The object in a file: alone, or after the head of an HTTP message; `...` stands for what is left out. */
function objectIn(path: string): unknown {
  const text = readFileSync(path, 'utf8')
  return readJson(text.slice(Math.max(text.search(/^[{[]/m), 0)).trim()).value
}
const config = { dev: false } as Parameters<typeof libraryOf>[0]['config']

describe.skipIf(!existsSync(examples))('the examples of OpenID4VCI 1.0', () => {
  const files = filesOf('vci')

  test.each(files.filter((path) => /metadata_(?:jwt_vc|ldp|mso|sd_jwt_(?:vc|long))/.test(path)))(
    '%s is metadata',
    (path) => {
      const { issuer } = libraryOf({ config })
      const metadata = objectIn(path) as Parameters<typeof issuer.createCredentialIssuerMetadata>[0]
      const issuerName = 'https://credential-issuer.example.com'
      const names = {
        credential_issuer: issuerName,
        credential_endpoint: `${issuerName}/credential`,
      }
      const whole = Object.assign(names, metadata)
      expect(issuer.createCredentialIssuerMetadata(whole)).toHaveProperty([
        'credential_configurations_supported',
      ])
    },
  )

  test.each(files.filter((path) => /credential_request/.test(path)))('%s is a request', (path) => {
    expect(CredentialRequest.safeParse(objectIn(path)).success).toBe(true)
  })

  test.each(files.filter((path) => /authorization_details/.test(path)))(
    '%s names configurations',
    (path) => {
      const details = objectIn(path)
      expect(Array.isArray(details) || isJsonObject(details)).toBe(true)
    },
  )

  test('the signed metadata is a JWT of its issuer', () => {
    const path = files.find((name) => name.includes('metadata_sd_jwt_jwt'))!
    const jwt = readFileSync(path, 'utf8').replaceAll(/\s/g, '')
    const claims = decodeJwt(jwt)
    expect(claims.sub).toBe(claims['credential_issuer'])
  })
})

describe.skipIf(!existsSync(examples))('the examples of OpenID4VP 1.0', () => {
  test.each(filesOf('vp/client_metadata'))('%s is metadata of a verifier', (path) => {
    expect(zClientMetadata.safeParse(objectIn(path)).error).toBeUndefined()
  })

  test.each(filesOf('vp/request').filter((path) => path.includes('dcql')))(
    '%s is a query',
    (path) => {
      expect(DcqlQuery.safeParse(objectIn(path)).error).toBeUndefined()
    },
  )
})
