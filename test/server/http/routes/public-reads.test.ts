import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChain } from '../../../../server/chain/chain.ts'
import { createApp } from '../../../../server/app.ts'
import { createRpc } from '#sdk'
import { startServer, type TestServer } from '../../../support/server.ts'

let server: TestServer
let counted: Server
let url: string
/** Questions that the node was asked. */
let questions = 0
beforeAll(async () => {
  server = await startServer()
  await server.readyIssuer('greta')
  const { pin, now } = server.desk
  const ask = createRpc(pin.rpc[0]!)
  const chain = createChain(pin, {
    now,
    request: (method, params) => {
      questions++
      return ask(method, params)
    },
  })
  counted = createServer(createApp({ ...server.context, chains: [chain] })).listen(0)
  await once(counted, 'listening')
  url = `http://localhost:${String((counted.address() as AddressInfo).port)}`
})
afterAll(async () => {
  counted.close()
  await server.stop()
})

describe.each(['/readyz', '/issuers/greta'])('GET %s', (path) => {
  test('asks the node no more for many than for one, and anew two seconds later', async () => {
    await server.forget()
    const read = async () => {
      const before = questions
      expect((await fetch(url + path)).status).toBe(200)
      return questions - before
    }
    expect(await read()).toBeGreaterThan(0)
    expect([await read(), await read(), await read()]).toEqual([0, 0, 0])
    await server.forget()
    expect(await read()).toBeGreaterThan(0)
  })
})
