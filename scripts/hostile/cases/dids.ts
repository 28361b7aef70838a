import { generateKey } from '#sdk'
import type { Attacks } from '../case.ts'
import { base64url, forge } from '../forge.ts'

/** Issuers that name an address nobody may ask, a key that proves nothing, or a document that hurts. */
export async function didCases(attacks: Attacks) {
  const { credential, byAttacker, header, claims, stand } = attacks
  const { attacker, evil, pages, issuer } = stand
  // No chain knows these issuers: here only their keys are asked for.
  const policy = stand.policies.lists
  const signedFor = (did: string, kid = `${did}#key-1`) =>
    byAttacker({ ...header, kid }, { ...claims, issuer: did, iss: did })
  const refused = async (did: string, code = 'KEY_INVALID') =>
    credential(`the issuer ${did.slice(0, 60)}`, code, await signedFor(did))

  /** An issuer whose host serves this as its document. */
  async function documented(name: string, code: string, page: (did: string) => Response) {
    const host = `${name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}.example`
    const did = `did:web:${host}`
    const url = `https://${host}/.well-known/did.json`
    pages.set(url, () => page(did))
    return credential(name, code, await signedFor(did), { policy, mayAsk: [url] })
  }
  const method = (did: string, change: object = {}) => ({
    id: `${did}#key-1`,
    type: 'JsonWebKey',
    controller: did,
    publicKeyJwk: attacker.publicJwk,
    ...change,
  })
  const withMethod = (name: string, change: object) =>
    documented(name, 'KEY_INVALID', (did) =>
      Response.json({ id: did, assertionMethod: [method(did, change)] }),
    )
  const redirect = (location: string) => () =>
    new Response(null, { status: 302, headers: { location } })

  /** An issuer whose key is its name, with a signature that fits every key of small order. */
  async function inName(name: string, jwk: object, code = 'KEY_INVALID') {
    const did = `did:jwk:${base64url(jwk)}`
    const head = { alg: 'EdDSA', kid: `${did}#0`, typ: 'vc+jwt' }
    const neutral = () => Buffer.concat([Buffer.of(1), Buffer.alloc(63)])
    return credential(name, code, await forge(head, { ...claims, issuer: did, iss: did }, neutral))
  }
  const ec = attacker.publicJwk
  const { privateJwk } = generateKey('EdDSA')
  const edwards = { kty: 'OKP', crv: 'Ed25519' }

  return Promise.all([
    ...[
      'did:web:127.0.0.1',
      'did:web:127.1',
      'did:web:2130706433',
      'did:web:0x7f000001',
      'did:web:0177.0.0.1',
      'did:web:%5B%3A%3A1%5D',
      'did:web:%5B%3A%3Affff%3A127.0.0.1%5D',
      'did:web:localhost',
      'did:web:localhost%3A8080',
      'did:web:localhost.',
      'did:web:evil.localhost',
      'did:web:169.254.169.254',
      'did:web:metadata.google.internal',
      'did:web:intranet',
      'did:web:printer.local',
      'did:web:college.example%40127.0.0.1',
      'did:web:college.example%2F..%2Fadmin',
      'did:web:college.example%3Fx',
      'did:web:college.example%23x',
      'did:web:college.example:..:admin',
      'did:web:college.example%3A99999',
      'did:web:%00.example',
    ].map((did) => refused(did)),
    // Nobody looks these up here, so that nothing is wrong with the key; but no chain knows the issuer.
    ...[
      'did:constructor:x',
      'did:tostring:x',
      'did:ethr:0x0000000000000000000000000000000000000001',
      'https://college.example',
    ].map((issuer) => refused(issuer, 'ISSUER_UNKNOWN')),
    refused('did:__proto__:x', 'CREDENTIAL_MALFORMED'),
    refused('did:web:', 'CREDENTIAL_MALFORMED'),
    refused(`did:key:z${'1'.repeat(2_000)}`),
    refused('did:key:z6Mk'),

    inName('a neutral point as key', {
      ...edwards,
      x: base64url(Buffer.concat([Buffer.of(1), Buffer.alloc(31)])),
    }),
    inName('a point of order 4 as key', { ...edwards, x: base64url(Buffer.alloc(32)) }),
    inName('a private key as name', privateJwk),
    inName('a point off its curve as key', { ...ec, y: ec.x }),
    inName('a symmetric key as name', { kty: 'oct', k: 'AAAA' }),
    inName('a key for encryption as name', { ...ec, use: 'enc' }),
    inName('a key with a member twice', Buffer.from('{"kty":"EC","kty":"OKP"}')),

    documented('a document of another', 'KEY_INVALID', () => Response.json({ id: issuer.did })),
    documented('a document without keys', 'KEY_INVALID', (did) => Response.json({ id: did })),
    documented('a document with 4500 keys', 'KEY_INVALID', (did) =>
      Response.json({ id: did, assertionMethod: Array<number>(4_500).fill(1) }),
    ),
    documented('a document with a key twice', 'KEY_INVALID', (did) =>
      Response.json({
        id: did,
        verificationMethod: [method(did), method(did)],
        assertionMethod: [`${did}#key-1`],
      }),
    ),
    documented('a document nested 10000 deep', 'KEY_INVALID', (did) =>
      text(`{"id":"${did}","a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
    ),
    documented('a document with its id twice', 'KEY_INVALID', (did) =>
      text(`{"id":"${issuer.did}","id":"${did}"}`),
    ),
    documented('a document of 1 MB', 'KEY_INVALID', () => text('a'.repeat(1_000_000))),
    documented('a document that never ends', 'KEY_INVALID', endless),
    documented('a document that is a page', 'KEY_INVALID', () => text('<html>')),
    documented(
      'a document that is not there',
      'KEY_UNRESOLVED',
      () => new Response('', { status: 404 }),
    ),
    documented(
      'a redirect to this machine',
      'KEY_UNRESOLVED',
      redirect('http://127.0.0.1/did.json'),
    ),
    documented(
      'a redirect to another host',
      'KEY_UNRESOLVED',
      redirect('https://evil.example/did.json'),
    ),
    documented('a redirect to itself', 'KEY_UNRESOLVED', redirect('')),
    withMethod('a key that another controls', { controller: evil.did }),
    withMethod('a key that was revoked', { revoked: '2026-01-01T00:00:00Z' }),
    withMethod('a key that expires on no day', { expires: 'NaN' }),
    withMethod('a private key in a document', { publicKeyJwk: attacker.privateJwk }),
    withMethod('a key of RSA', { publicKeyJwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }),
    withMethod('a key in a multibase of 4 kB', {
      publicKeyJwk: undefined,
      publicKeyMultibase: `z${'1'.repeat(4_000)}`,
    }),
  ])
}

function text(body: string): Response {
  return new Response(body)
}

function endless(): Response {
  const chunk = new Uint8Array(16_384).fill(32)
  return new Response(
    new ReadableStream({
      pull: (controller) => {
        controller.enqueue(chunk)
      },
    }),
  )
}
