import { describe, expect, test } from 'vitest'
import { findUrlKey } from '../../../sdk/did/url-key.ts'
import { IssuerUrl } from '../../../sdk/model/primitives.ts'
import { newPlatform } from '../../support/elsewhere.ts'

const { issuer, publicJwk, documents, fetchDocument } = newPlatform()
const find = (kid: string, at?: string, document?: object) => {
  const extra: Record<string, object> = at === undefined ? {} : { [at]: document ?? {} }
  const get = (url: string) =>
    url in extra ? Promise.resolve(extra[url] as never) : fetchDocument(url)
  return findUrlKey(get, issuer, kid, 0)
}
const keys = 'https://badges.example/keys'

describe('findUrlKey', () => {
  test('finds the key in the document at the issuer’s address', async () => {
    expect(await find(`${issuer}#key-1`)).toEqual({ jwk: publicJwk, isOwn: true })
  })

  test('finds a JWK below the issuer’s address', async () => {
    const at = `${issuer}/keys/1`
    expect(await find(at, at, publicJwk)).toEqual({ jwk: publicJwk, isOwn: true })
  })

  test.each(['../other', '%2e%2e/other', '.%2E/other', '..\\other', 'keys/../../other'])(
    'does not take %s for an address below the issuer’s',
    async (path) => {
      const at = `${issuer}/${path}`
      expect(await find(at, at, publicJwk)).toMatchObject({ isOwn: false })
    },
  )

  test.each([
    ['its fragment', 'key-1'],
    ['its address', `${keys}#key-1`],
  ])(
    'finds a key of a JWK Set by %s; elsewhere on the host it is not shown to be its own',
    async (_, kid) => {
      const set = {
        keys: [
          { ...publicJwk, kid },
          { ...publicJwk, kid: 'key-2' },
        ],
      }
      expect(await find(`${keys}#key-1`, keys, set)).toMatchObject({ isOwn: false, jwk: { kid } })
    },
  )

  test.each([
    [
      'two keys of one name',
      keys,
      {
        keys: [
          { ...publicJwk, kid: 'a' },
          { ...publicJwk, kid: 'a' },
        ],
      },
    ],
    ['a private key', keys, { ...publicJwk, d: 'AAAA' }],
    ['no key', keys, { name: 'Example Corp' }],
    ['a document of another address', keys, documents[issuer]],
    ['a key for another use', issuer, { ...documents[issuer], assertionMethod: [] }],
  ])('refuses %s', async (_, at, document) => {
    const kid = at === issuer ? `${issuer}#key-1` : `${keys}#a`
    await expect(find(kid, at, document as object)).rejects.toThrow(
      expect.objectContaining({ code: 'DID_INVALID' }),
    )
  })

  test('hands on that the host does not answer', async () => {
    await expect(find(`${keys}#a`)).rejects.toThrow('down')
  })
})

describe('IssuerUrl', () => {
  test.each([
    'http://badges.example/1',
    'https://badges.example/1?v=3',
    'https://badges.example/1#me',
    'https://me@badges.example/1',
    'https://badges.example/a/../b',
    'https://BADGES.example/1',
    'https://',
  ])('is not %s', (text) => {
    expect(IssuerUrl.safeParse(text).success).toBe(false)
  })

  test.each(['https://badges.example', 'https://badges.example/', 'https://b.example:8443/i/1'])(
    'is %s',
    (text) => {
      expect(IssuerUrl.safeParse(text).success).toBe(true)
    },
  )
})
