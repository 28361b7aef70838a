import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateKey } from '../../../sdk/crypto/node.ts'
import { didJwkOf } from '../../../sdk/did/did-jwk.ts'
import { didKeyOf } from '../../../sdk/did/did-key.ts'
import { createDidResolver, findVerificationKey } from '../../../sdk/did/resolver.ts'
import { toMultikey } from '../../../sdk/did/multikey.ts'
import { Did } from '../../../sdk/model/primitives.ts'

const { publicJwk, privateJwk } = generateKey('ES256')
const did = Did.parse('did:web:region.example')
const key = { id: `${did}#1`, type: 'JsonWebKey', controller: did, publicKeyJwk: publicJwk }

/** A resolver whose every did:web document is `document`, and how often it fetched. */
function resolverOf(document: object, now = () => 0) {
  let fetched = 0
  const get = (() => {
    fetched += 1
    return Promise.resolve(new Response(JSON.stringify(document)))
  }) as unknown as typeof fetch
  return { resolver: createDidResolver({ fetch: get, now }), count: () => fetched }
}

describe('findVerificationKey', () => {
  const whole = { id: did, verificationMethod: [key], assertionMethod: [key.id] }
  const find = (
    document: object,
    kid = key.id,
    relationship: 'assertionMethod' | 'authentication' = 'assertionMethod',
  ) =>
    findVerificationKey(
      resolverOf(document, () => Date.parse('2026-06-01')).resolver,
      kid,
      did,
      relationship,
    )

  test.each<[string, object]>([
    ['by reference', whole],
    ['by a relative reference', { ...whole, assertionMethod: ['#1'] }],
    ['with a relative name', { ...whole, verificationMethod: [{ ...key, id: '#1' }] }],
    ['in full', { id: did, assertionMethod: [key] }],
    [
      'as Multikey',
      {
        id: did,
        assertionMethod: [
          {
            id: key.id,
            type: 'Multikey',
            controller: did,
            publicKeyMultibase: toMultikey(publicJwk),
          },
        ],
      },
    ],
    [
      'that has not ended yet',
      { id: did, assertionMethod: [{ ...key, expires: '2027-01-01T00:00:00Z' }] },
    ],
  ])('finds a key %s', async (_, document) => {
    expect(await find(document)).toEqual(publicJwk)
  })

  test.each<[string, object]>([
    ['that is not listed', { id: did, verificationMethod: [key] }],
    ['listed for something else', { ...whole, assertionMethod: [], authentication: [key.id] }],
    ['of another name', { ...whole, assertionMethod: [`${did}#2`] }],
    ['of another DID', { id: did, assertionMethod: [{ ...key, id: 'did:web:a.example#1' }] }],
    [
      'that another controls',
      { id: did, assertionMethod: [{ ...key, controller: 'did:web:a.example' }] },
    ],
    [
      'that stands twice',
      {
        ...whole,
        verificationMethod: [key, { ...key, publicKeyJwk: generateKey('ES256').publicJwk }],
      },
    ],
    [
      'that was revoked',
      { id: did, assertionMethod: [{ ...key, revoked: '2026-01-01T00:00:00Z' }] },
    ],
    [
      'that has expired',
      { id: did, assertionMethod: [{ ...key, expires: '2026-06-01T00:00:00Z' }] },
    ],
    ['whose end cannot be read', { id: did, assertionMethod: [{ ...key, expires: 'soon' }] }],
    ['with its private half', { id: did, assertionMethod: [{ ...key, publicKeyJwk: privateJwk }] }],
    [
      'without material',
      { id: did, assertionMethod: [{ id: key.id, type: 'JsonWebKey', controller: did }] },
    ],
    [
      'for encryption',
      { id: did, assertionMethod: [{ ...key, publicKeyJwk: { ...publicJwk, crv: 'X25519' } }] },
    ],
  ])('finds no key %s', async (_, document) => {
    await expect(find(document)).rejects.toMatchObject({ code: 'DID_INVALID' })
  })

  test('does not ask for a key of somebody else', async () => {
    const { resolver, count } = resolverOf(whole)
    const kid = 'did:web:evil.example#1'
    await expect(findVerificationKey(resolver, kid, did, 'assertionMethod')).rejects.toMatchObject({
      code: 'DID_INVALID',
    })
    expect(count()).toBe(0)
  })
})

describe('createDidResolver', () => {
  const offline = createDidResolver({ fetch: () => Promise.reject(new Error('offline')) })

  test.each([didKeyOf(publicJwk), didJwkOf(publicJwk)])('computes %s', async (own) => {
    expect((await offline.resolve(own)).id).toBe(own)
  })

  test.each(['did:key:zzz', 'did:jwk:AAAA', 'did:web:127.0.0.1'])(
    'says that %s cannot be',
    async (text) => {
      await expect(offline.resolve(Did.parse(text))).rejects.toMatchObject({ code: 'DID_INVALID' })
    },
  )

  test.each(['did:constructor:x', 'did:example:x'])(
    'says that nobody here resolves %s',
    async (text) => {
      await expect(offline.resolve(Did.parse(text))).rejects.toMatchObject({
        code: 'DID_UNSUPPORTED',
      })
    },
  )

  test('says that a dead host may come back', async () => {
    await expect(offline.resolve(did)).rejects.toMatchObject({ code: 'DID_UNREACHABLE' })
  })

  test('asks once for what is asked at the same time', async () => {
    const { resolver, count } = resolverOf({ id: did })
    await Promise.all([resolver.resolve(did), resolver.resolve(did)])
    expect(count()).toBe(1)
  })

  test('remembers a document until its time is over', async () => {
    let now = 0
    const { resolver, count } = resolverOf({ id: did }, () => now)
    await resolver.resolve(did)
    now = 299_999
    await resolver.resolve(did)
    expect(count()).toBe(1)
    now = 300_000
    await resolver.resolve(did)
    expect(count()).toBe(2)
  })

  test('does not remember a failure', async () => {
    const answers = [new Response('', { status: 503 }), new Response(JSON.stringify({ id: did }))]
    const get = () => Promise.resolve(answers.shift() ?? Response.error())
    const resolver = createDidResolver({ fetch: get })
    await expect(resolver.resolve(did)).rejects.toMatchObject({ code: 'DID_UNREACHABLE' })
    expect(await resolver.resolve(did)).toEqual({ id: did })
  })

  test.each<[string, string, object]>([
    [
      'notFound',
      'DID_UNREACHABLE',
      { didResolutionMetadata: { error: 'notFound' }, didDocument: null },
    ],
    [
      'invalidDid',
      'DID_INVALID',
      { didResolutionMetadata: { error: 'invalidDid' }, didDocument: null },
    ],
    [
      'deactivated',
      'DID_INVALID',
      { didDocument: { id: 'did:ethr:0x1' }, didDocumentMetadata: { deactivated: true } },
    ],
    ['another’s document', 'DID_INVALID', { didDocument: { id: 'did:ethr:0x2' } }],
    ['no document', 'DID_INVALID', { didDocument: { id: 'x' } }],
  ])('takes %s from an added method as %s', async (_, code, result) => {
    const ethr = () =>
      Promise.resolve({ didResolutionMetadata: {}, didDocumentMetadata: {}, ...result } as never)
    const resolver = createDidResolver({ methods: { ethr } })
    await expect(resolver.resolve(Did.parse('did:ethr:0x1'))).rejects.toMatchObject({ code })
  })

  test('takes whatever an added method throws as a dead node', async () => {
    const ethr = () => Promise.reject(new TypeError('fetch failed'))
    const resolver = createDidResolver({ methods: { ethr } })
    await expect(resolver.resolve(Did.parse('did:ethr:0x1'))).rejects.toMatchObject({
      code: 'DID_UNREACHABLE',
    })
  })

  test('does not let an added method stand in for its own', async () => {
    const fake = () => Promise.reject(new Error('fake'))
    const resolver = createDidResolver({ methods: { key: fake } })
    expect((await resolver.resolve(didKeyOf(publicJwk))).id).toBe(didKeyOf(publicJwk))
  })
})

describe('over a real host on this machine', () => {
  let served: object = {}
  const server = createServer((_, response) => response.end(JSON.stringify(served)))
  let local: Did
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    local = Did.parse(`did:web:127.0.0.1%3A${(server.address() as AddressInfo).port}:issuers:greta`)
    served = { id: local }
  })
  afterAll(() => server.close())

  test('resolves when it is allowed to', async () => {
    const resolver = createDidResolver({ allowLoopbackHttp: true })
    expect(await resolver.resolve(local)).toEqual({ id: local })
  })

  test('refuses otherwise', async () => {
    await expect(createDidResolver().resolve(local)).rejects.toMatchObject({ code: 'DID_INVALID' })
  })
})
