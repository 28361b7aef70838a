import { describe, expect, test } from 'vitest'
import { didWebUrl, fetchDidWeb } from '../../../sdk/did/did-web.ts'

describe('didWebUrl', () => {
  test.each([
    ['did:web:region.example', 'https://region.example/.well-known/did.json'],
    ['did:web:region.example%3A8443', 'https://region.example:8443/.well-known/did.json'],
    ['did:web:region.example:issuers:greta', 'https://region.example/issuers/greta/did.json'],
    ['did:web:Region.Example', 'https://region.example/.well-known/did.json'],
    ['did:web:xn--rgion-bsa.example', 'https://xn--rgion-bsa.example/.well-known/did.json'],
  ])('%s → %s', (did, url) => {
    expect(didWebUrl(did)?.href).toBe(url)
  })

  test.each([
    ['an address of IPv4', 'did:web:192.0.2.1'],
    ['an address of IPv4 as one number', 'did:web:3221225985'],
    ['an address of IPv4 in hex', 'did:web:0x7f.1'],
    ['an address of IPv6', 'did:web:%5B%3A%3A1%5D'],
    ['this machine', 'did:web:localhost'],
    ['this machine, by a suffix', 'did:web:metadata.localhost'],
    ['this machine, with a dot at the end', 'did:web:localhost.'],
    ['a name without a dot', 'did:web:intranet'],
    ['a local name', 'did:web:printer.local'],
    ['a cloud’s metadata', 'did:web:metadata.google.internal'],
    ['a user', 'did:web:admin%40region.example'],
    ['a password', 'did:web:a%3Ab%40region.example'],
    ['a port that is none', 'did:web:region.example%3A99999'],
    ['a path in the host', 'did:web:region.example%2Fadmin'],
    ['a query in the host', 'did:web:region.example%3Fx'],
    ['a way up', 'did:web:region.example:..:admin'],
    ['a slash in the path', 'did:web:region.example:a%2Fb'],
    ['a query in the path', 'did:web:region.example:a%3Fb'],
    ['a fragment in the path', 'did:web:region.example:a%23b'],
    ['an empty part of the path', 'did:web:region.example::a'],
    ['letters that look alike', 'did:web:r%C3%A9gion.example'],
    ['bytes that are no text', 'did:web:%FF.example'],
    ['another method', 'did:webvh:region.example'],
  ])('has none for %s', (_, did) => {
    expect(didWebUrl(did)).toBeUndefined()
  })

  test('knows this machine only when it is allowed to', () => {
    expect(didWebUrl('did:web:localhost%3A3000:issuers:a')).toBeUndefined()
    expect(didWebUrl('did:web:localhost%3A3000:issuers:a', true)?.href).toBe(
      'http://localhost:3000/issuers/a/did.json',
    )
    expect(didWebUrl('did:web:10.0.0.1%3A3000', true)).toBeUndefined()
  })
})

const did = 'did:web:region.example'
const document = JSON.stringify({ id: did })

/** A host that gives these answers in turn, and what it was asked. */
function host(...answers: (Response | Error)[]) {
  const asked: string[] = []
  const get = ((url: URL, init: RequestInit) => {
    asked.push(url.href)
    expect(init.redirect).toBe('manual')
    const answer = answers.shift() ?? new Response('', { status: 500 })
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }) as typeof fetch
  return { asked, options: { fetch: get, allowLoopbackHttp: false } }
}

const redirect = (location: string) => new Response(null, { status: 302, headers: { location } })

describe('fetchDidWeb', () => {
  test('gives the document at the address', async () => {
    const { options, asked } = host(new Response(document))
    expect(await fetchDidWeb(did, options)).toEqual({ id: did })
    expect(asked).toEqual(['https://region.example/.well-known/did.json'])
  })

  test('follows a redirect on the same host', async () => {
    const { options } = host(redirect('/did.json'), new Response(document))
    expect(await fetchDidWeb(did, options)).toEqual({ id: did })
  })

  test.each<[string, string, (Response | Error)[]]>([
    ['another host', 'DID_UNREACHABLE', [redirect('https://evil.example/did.json')]],
    ['this machine', 'DID_UNREACHABLE', [redirect('http://127.0.0.1/did.json')]],
    ['plain HTTP', 'DID_UNREACHABLE', [redirect('http://region.example/did.json')]],
    ['another port', 'DID_UNREACHABLE', [redirect('https://region.example:22/')]],
    ['nowhere', 'DID_UNREACHABLE', [redirect('http://')]],
    ['itself', 'DID_UNREACHABLE', ['/a', '/b', '/c', '/d', '/e'].map(redirect)],
  ])('does not follow a redirect to %s', async (_, code, answers) => {
    const { options, asked } = host(...answers)
    await expect(fetchDidWeb(did, options)).rejects.toMatchObject({ code })
    expect(asked.every((url) => url.startsWith('https://region.example/'))).toBe(true)
  })

  test.each<[string, string, Response | Error]>([
    ['does not answer', 'DID_UNREACHABLE', new Error('ECONNREFUSED')],
    ['has nothing there', 'DID_UNREACHABLE', new Response('', { status: 404 })],
    ['is broken', 'DID_UNREACHABLE', new Response('', { status: 503 })],
    ['serves another DID', 'DID_INVALID', new Response('{"id":"did:web:evil.example"}')],
    ['serves a longer DID', 'DID_INVALID', new Response(`{"id":"${did}.evil.example"}`)],
    ['serves no id', 'DID_INVALID', new Response('{}')],
    ['serves a list', 'DID_INVALID', new Response(`[${document}]`)],
    ['serves a page', 'DID_INVALID', new Response('<html>')],
    ['serves two ids', 'DID_INVALID', new Response(`{"id":"did:web:a.example","id":"${did}"}`)],
    ['serves a flood', 'DID_INVALID', new Response(`${document}${' '.repeat(70_000)}`)],
  ])('refuses a host that %s', async (_, code, answer) => {
    const { options } = host(answer)
    await expect(fetchDidWeb(did, options)).rejects.toMatchObject({ code, facts: { did } })
  })

  test('never asks for a DID without a public address', async () => {
    const { options, asked } = host(new Response(document))
    await expect(fetchDidWeb('did:web:169.254.169.254', options)).rejects.toMatchObject({
      code: 'DID_INVALID',
    })
    expect(asked).toEqual([])
  })
})
