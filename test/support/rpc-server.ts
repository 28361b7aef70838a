import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

interface Call {
  id: number
  method: string
  params: readonly unknown[]
}

/** Serves a chain of this process as JSON-RPC over HTTP, on a free port of this machine. */
export async function serveRpc(chain: {
  request: (method: string, params?: readonly unknown[]) => Promise<unknown>
}) {
  const answer = async ({ id, method, params }: Call) => {
    try {
      return { jsonrpc: '2.0', id, result: await chain.request(method, params) }
    } catch (error) {
      return { jsonrpc: '2.0', id, error: { code: -32000, message: String(error) } }
    }
  }
  const server = createServer((request, response) => {
    const answerAll = async () => {
      const calls = (await json(request)) as Call | Call[]
      const answers = Array.isArray(calls)
        ? await Promise.all(calls.map(answer))
        : await answer(calls)
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answers))
    }
    void answerAll()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(resolve)
      }),
  }
}
