import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { base58 } from '@scure/base'
import { describe, expect, test } from 'vitest'
import { generateKey } from '../../../sdk/crypto/node.ts'
import { didJwkOf, documentOfDidJwk } from '../../../sdk/did/did-jwk.ts'
import { didKeyOf, documentOfDidKey } from '../../../sdk/did/did-key.ts'
import { fromMultikey, toMultikey } from '../../../sdk/did/multikey.ts'
import { toBase64url } from '../../../sdk/lib/base64url.ts'
import { utf8 } from '../../../sdk/lib/bytes.ts'
import { Algorithm, type PublicJwk } from '../../../sdk/model/jwk.ts'

const file = new URL('../../../../shared/data/vectors/did_key_jwk.json', import.meta.url)
const vectors = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as {
      source: string
      jwk: PublicJwk
      did_key: string
      did_jwk: string
    }[])
  : []

describe.skipIf(vectors.length === 0)('the did:key and did:jwk vectors', () => {
  test.each(vectors)('$source as did:key', ({ jwk, did_key: did }) => {
    expect(didKeyOf(jwk)).toBe(did)
    expect(documentOfDidKey(did)?.verificationMethod?.[0]?.publicKeyJwk).toEqual(jwk)
  })

  test.each(vectors)('$source as did:jwk', ({ jwk, did_jwk: did }) => {
    expect(documentOfDidJwk(did)?.verificationMethod?.[0]?.publicKeyJwk).toEqual(jwk)
    expect(documentOfDidJwk(didJwkOf(jwk))?.verificationMethod?.[0]?.publicKeyJwk).toEqual(jwk)
  })
})

describe('did:key', () => {
  test.each(Algorithm.options)('goes both ways for %s', (algorithm) => {
    const { publicJwk } = generateKey(algorithm)
    expect(fromMultikey(toMultikey(publicJwk))).toEqual(publicJwk)
  })

  test('holds one method, named by the key itself', () => {
    const did = didKeyOf(generateKey('EdDSA').publicJwk)
    const id = `${did}#${did.slice('did:key:'.length)}`
    expect(documentOfDidKey(did)).toMatchObject({
      id: did,
      verificationMethod: [{ id, type: 'JsonWebKey', controller: did }],
      assertionMethod: [id],
      authentication: [id],
    })
  })

  test('reads the keys of natural persons at EBSI: a JWK in it', () => {
    const { publicJwk } = generateKey('ES256')
    const bytes = Uint8Array.of(0xd1, 0xd6, 0x03, ...utf8(JSON.stringify(publicJwk)))
    const did = `did:key:z${base58.encode(bytes)}`
    expect(documentOfDidKey(did)?.verificationMethod?.[0]?.publicKeyJwk).toEqual(publicJwk)
  })

  const { publicJwk } = generateKey('ES256')
  const point = ['x', 'y'].flatMap((name) => [
    ...Buffer.from((publicJwk as Record<string, unknown>)[name] as string, 'base64url'),
  ])
  const long = JSON.stringify({ ...publicJwk, name: 'x'.repeat(600) })
  const p256 = toMultikey(generateKey('ES256').publicJwk)
  const encode = (...bytes: number[]) => `z${base58.encode(Uint8Array.from(bytes))}`
  test.each([
    ['another base', `u${p256.slice(1)}`],
    ['letters that base58 has not', `${p256.slice(0, -1)}0`],
    ['nothing', 'z'],
    ['another codec (X25519)', encode(0xec, 0x01, ...new Uint8Array(32))],
    ['a short key', encode(0xed, 0x01, ...new Uint8Array(31))],
    ['a long key', encode(0xed, 0x01, ...new Uint8Array(33))],
    ['a point off the curve', encode(0x80, 0x24, 2, ...new Uint8Array(32).fill(0xff))],
    ['a sign that is none', encode(0x80, 0x24, 5, ...new Uint8Array(32))],
    ['a point that is not compressed', encode(0x80, 0x24, 4, ...point)],
    ['a key with much beside it', encode(0xd1, 0xd6, 0x03, ...utf8(long))],
    ['a very long text', `z${'1'.repeat(100_000)}`],
    [
      'a private JWK',
      encode(0xd1, 0xd6, 0x03, ...utf8('{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"}')),
    ],
    ['bytes that are no JWK', encode(0xd1, 0xd6, 0x03, 0xff)],
  ])('refuses %s', (_, multibase) => {
    expect(documentOfDidKey(`did:key:${multibase}`)).toBeUndefined()
  })

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.constantFrom(...[0xed, 0xe7, 0x80, 0x81]),
        (bytes, codec) => {
          const second = codec < 0x82 ? 0x24 : 0x01
          documentOfDidKey(`did:key:${encode(codec, second, ...bytes)}`)
        },
      ),
    )
  })
})

describe('did:jwk', () => {
  test('goes both ways', () => {
    const { publicJwk } = generateKey('ES256')
    const did = didJwkOf(publicJwk)
    expect(documentOfDidJwk(did)).toMatchObject({
      id: did,
      verificationMethod: [{ id: `${did}#0`, publicKeyJwk: publicJwk }],
      assertionMethod: [`${did}#0`],
      authentication: [`${did}#0`],
    })
  })

  test('does not take members that are not needed from a key', () => {
    const { publicJwk } = generateKey('ES256')
    expect(didJwkOf({ ...publicJwk, kid: 'a' })).toBe(didJwkOf(publicJwk))
  })

  const { publicJwk, privateJwk } = generateKey('EdDSA')
  const encode = (jwk: object | string) =>
    `did:jwk:${toBase64url(utf8(typeof jwk === 'string' ? jwk : JSON.stringify(jwk)))}`
  test.each([
    ['a private key', encode(privateJwk)],
    ['a key for encryption', encode({ ...publicJwk, use: 'enc' })],
    ['an X25519 key', encode({ ...publicJwk, crv: 'X25519' })],
    ['padding', `${encode(publicJwk)}==`],
    ['no JSON', encode('hello')],
    ['a member that stands twice', encode(`{"kty":"EC",${JSON.stringify(publicJwk).slice(1)}`)],
    ['nothing', 'did:jwk:'],
  ])('refuses %s', (_, did) => {
    expect(documentOfDidJwk(did)).toBeUndefined()
  })
})
