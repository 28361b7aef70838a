import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPublicGet, type GetOptions, type Lookup } from '../../../sdk/fetch/node.ts'

/** A server of this machine, which nobody outside may make us ask. */
let inside: Server
let port: number
let connections = 0
let answer: (request: IncomingMessage, response: ServerResponse) => void
beforeAll(async () => {
  inside = createServer((request, response) => {
    answer(request, response)
  })
  inside.on('connection', () => {
    connections += 1
  })
  inside.listen(0, '127.0.0.1')
  await once(inside, 'listening')
  port = (inside.address() as AddressInfo).port
})
afterAll(() => {
  inside.closeAllConnections()
  inside.close()
})
beforeEach(() => {
  connections = 0
  answer = (_, response) => response.end('secret')
})

/** A resolver that gives these answers in turn, and counts how often it is asked. */
function resolver(...answers: string[][]) {
  let asked = 0
  const lookup: Lookup = (_, __, callback) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? []
    asked += 1
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    setImmediate(callback, null, found)
  }
  return { lookup, asked: () => asked }
}

const options = (change: Partial<GetOptions> = {}): GetOptions => ({
  headers: { accept: 'application/json' },
  redirect: 'manual',
  credentials: 'omit',
  signal: AbortSignal.timeout(5_000),
  ...change,
})

const at = (host: string, path = '/') => new URL(`http://${host}:${port}${path}`)
const strict = { allowLoopback: false }
const inDevelopment = { allowLoopback: true }

async function textOf(get: ReturnType<typeof createPublicGet>, url: URL): Promise<string> {
  const reader = (await get(url, options())).body!.getReader()
  let text = ''
  for (;;) {
    const { value } = await reader.read()
    if (value === undefined) return text
    text += Buffer.from(value).toString()
  }
}

describe('a name is not asked that leads', () => {
  test.each<[string, string[]]>([
    ['to this machine', ['127.0.0.1']],
    ['to this machine in IPv6', ['::1']],
    ['to this machine in mapped IPv6', ['::ffff:127.0.0.1']],
    ['to 0.0.0.0, which is this machine, too', ['0.0.0.0']],
    ['into the private network', ['10.0.0.7', '192.168.1.1', 'fd00::1']],
    ['to the cloud’s metadata', ['169.254.169.254']],
    ['nowhere', []],
  ])('%s', async (_, addresses) => {
    const { lookup } = resolver(addresses)
    const get = createPublicGet(strict, lookup)
    await expect(get(at('evil.example'), options())).rejects.toThrow('has no public address')
    expect(connections).toBe(0)
  })
})

describe('an address in numbers is not asked', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '169.254.169.254',
  ])('%s', async (host) => {
    const { lookup } = resolver(['93.184.216.34'])
    const get = createPublicGet(strict, lookup)
    await expect(get(at(host), options())).rejects.toThrow('has no public address')
    expect(connections).toBe(0)
  })
})

describe('createPublicGet', () => {
  test('asks the system’s resolver', async () => {
    await expect(createPublicGet(strict)(at('localhost'), options())).rejects.toThrow(
      'localhost has no public address',
    )
    expect(await textOf(createPublicGet(inDevelopment), at('localhost'))).toBe('secret')
  })

  test('does not tell a name that is unknown from one of the inner network', async () => {
    const unknown = Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' })
    const lookup: Lookup = (_, __, callback) => setImmediate(callback, unknown, [])
    const get = createPublicGet(strict, lookup)
    await expect(get(at('no.example'), options())).rejects.toThrow('has no public address')
  })

  test('says why a resolver gives no answer', async () => {
    const failure = Object.assign(new Error('EAI_AGAIN'), { code: 'EAI_AGAIN' })
    const lookup: Lookup = (_, __, callback) => setImmediate(callback, failure, [])
    await expect(createPublicGet(strict, lookup)(at('no.example'), options())).rejects.toThrow(
      'EAI_AGAIN',
    )
  })

  test('asks this machine in development, and nobody else of the inner network', async () => {
    const get = createPublicGet(inDevelopment)
    expect(await textOf(get, at('127.0.0.1'))).toBe('secret')
    const { lookup } = resolver(['10.0.0.1'])
    const hostile = createPublicGet(inDevelopment, lookup)
    await expect(hostile(at('evil.example'), options())).rejects.toThrow('has no public address')
    await expect(get(at('169.254.169.254'), options())).rejects.toThrow('has no public address')
  })

  test('connects to the address that was looked at, whatever the name says next', async () => {
    const { lookup, asked } = resolver(['127.0.0.1'], ['169.254.169.254'])
    const get = createPublicGet(inDevelopment, lookup)
    expect(await textOf(get, at('rebinding.example'))).toBe('secret')
    expect(asked()).toBe(1)
  })

  test('passes over the inner addresses of a name that has others', async () => {
    const { lookup } = resolver(['10.0.0.1', '127.0.0.1', '169.254.169.254'])
    expect(await textOf(createPublicGet(inDevelopment, lookup), at('both.example'))).toBe('secret')
    expect(connections).toBe(1)
  })

  test.each([301, 302, 303, 307, 308])('follows no redirect of status %d', async (status) => {
    answer = (_, response) => response.writeHead(status, { location: '/elsewhere' }).end()
    const get = createPublicGet(inDevelopment)
    const { status: seen, headers } = await get(at('127.0.0.1'), options())
    expect([seen, headers.get('location')]).toEqual([status, '/elsewhere'])
    await expect(get(at('127.0.0.1'), options({ redirect: 'error' }))).rejects.toThrow('redirect')
  })

  test('stops reading an endless answer', async () => {
    answer = (_, response) => {
      const send = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) continue
        if (!response.destroyed) response.once('drain', send)
      }
      send()
    }
    await expect(textOf(createPublicGet(inDevelopment), at('127.0.0.1'))).rejects.toMatchObject({
      cause: { code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' },
    })
  })

  test('gives up when its time is over, also within a body', async () => {
    answer = (_, response) => response.write('{')
    const { body } = await createPublicGet(inDevelopment)(
      at('127.0.0.1'),
      options({ signal: AbortSignal.timeout(200) }),
    )
    const reader = body!.getReader()
    await reader.read()
    await expect(reader.read()).rejects.toThrow('timeout')
  })

  test('sends what it is told to, and no cookies', async () => {
    let seen: IncomingMessage['headers'] = {}
    answer = ({ headers }, response) => {
      seen = headers
      response.writeHead(200, { 'set-cookie': 'a=b' }).end('x')
    }
    const get = createPublicGet(inDevelopment)
    await textOf(get, at('127.0.0.1'))
    await textOf(get, at('127.0.0.1'))
    expect(seen.accept).toBe('application/json')
    expect(seen.cookie).toBeUndefined()
  })
})
