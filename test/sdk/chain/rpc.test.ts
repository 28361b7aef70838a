import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createRpc, RpcRefusal, type RpcOptions } from '../../../sdk/chain/rpc.ts'

interface Call {
  id: number
  method: string
}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A node whose HTTP answer to each request is what `respond` makes of it; undefined: none at all. */
async function startNode(respond: (body: Call | Call[]) => string | undefined, status = 200) {
  const bodies: (Call | Call[])[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      const body = JSON.parse(text) as Call | Call[]
      bodies.push(body)
      const answer = respond(body)
      if (answer !== undefined) response.writeHead(status).end(answer)
    })
  }).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v2/secret`
  return { url, bodies }
}

const echo = (body: Call | Call[]): string => {
  const answer = ({ id, method }: Call) => ({ jsonrpc: '2.0', id, result: `${method}!` })
  return JSON.stringify(Array.isArray(body) ? body.map(answer).toReversed() : answer(body))
}

async function requestFrom(
  respond: (body: Call | Call[]) => string | undefined,
  options: RpcOptions = {},
  status = 200,
) {
  const { url } = await startNode(respond, status)
  return createRpc(url, options)
}

describe('createRpc', () => {
  test('sends what is asked in one turn in one HTTP request, and gives each its own answer', async () => {
    const { url, bodies } = await startNode(echo)
    const request = createRpc(url)
    const later = Promise.resolve().then(() => request('c', []))
    const answers = await Promise.all([request('a', []), request('b', [1, '0x']), later])
    expect(answers).toEqual(['a!', 'b!', 'c!'])
    expect(bodies).toHaveLength(1)
    expect(bodies[0]).toMatchObject([
      { method: 'a' },
      { method: 'b', params: [1, '0x'] },
      { method: 'c' },
    ])
  })

  test('sends one question as it is, for nodes that know no batches', async () => {
    const { url, bodies } = await startNode(echo)
    expect(await createRpc(url)('a', [])).toBe('a!')
    expect(bodies).toEqual([{ jsonrpc: '2.0', id: 0, method: 'a', params: [] }])
  })

  test('sends at most 100 questions in one HTTP request', async () => {
    const { url, bodies } = await startNode(echo)
    const request = createRpc(url)
    await Promise.all(Array.from({ length: 201 }, () => request('a', [])))
    expect(bodies.map((body) => (Array.isArray(body) ? body.length : 1))).toEqual([100, 100, 1])
  })

  test.each<[string, (body: Call | Call[]) => string | undefined, number]>([
    ['HTTP 500', echo, 500],
    ['no JSON', () => '<html>', 200],
    ['JSON that is no answer', () => '{"result":1}', 200],
    ['an answer to another question', () => '{"id":7,"result":1}', 200],
    ['an error', () => '{"id":0,"error":{"code":-32000,"message":"no"}}', 200],
    ['nothing in time', () => undefined, 200],
  ])('rejects with CHAIN_UNREACHABLE for %s', async (_, respond, status) => {
    const request = await requestFrom(respond, { timeoutMilliseconds: 200 }, status)
    await expect(request('a', [])).rejects.toMatchObject({ code: 'CHAIN_UNREACHABLE' })
  })

  test('rejects with CHAIN_UNREACHABLE when nobody listens', async () => {
    const request = createRpc('http://127.0.0.1:1')
    await expect(request('a', [])).rejects.toMatchObject({
      code: 'CHAIN_UNREACHABLE',
      facts: { url: 'http://127.0.0.1:1' },
    })
  })

  test('tells a refusal from silence', async () => {
    const refused = await requestFrom(() => '{"id":0,"error":{"code":-32005,"message":"too many"}}')
    await expect(refused('a', [])).rejects.toMatchObject({
      facts: { reason: 'too many' },
      cause: expect.any(RpcRefusal) as unknown,
    })
    const silent = await requestFrom(() => '<html>')
    await expect(silent('a', [])).rejects.not.toMatchObject({
      cause: expect.any(RpcRefusal) as unknown,
    })
  })

  test('rejects the refused question only', async () => {
    const answer = [
      { id: 0, result: 'yes' },
      { id: 1, error: { code: 1, message: 'no' } },
    ]
    const request = await requestFrom(() => JSON.stringify(answer))
    const [first, second] = await Promise.allSettled([request('a', []), request('b', [])])
    expect(first).toMatchObject({ status: 'fulfilled', value: 'yes' })
    expect(second).toMatchObject({ status: 'rejected' })
  })

  test('does not tell the path of the endpoint, which may hold a secret', async () => {
    const request = await requestFrom(() => '<html>')
    await expect(request('a', [])).rejects.not.toThrow('secret')
  })
})
