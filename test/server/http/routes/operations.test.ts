import { Policy } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serverPolicy } from '../../../../server/verifying/server-policy.ts'
import { certificate, startServer, type TestServer } from '../../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const open = { authorization: '' }

describe('GET /policy.json', () => {
  test('pins the chains of the server', async () => {
    const { status, json } = await server.get('/policy.json', open)
    expect(status).toBe(200)
    expect(Policy.parse(json).chains).toEqual([server.desk.pin])
  })

  test('tells no node’s address unless it is for trying out', () => {
    const { config, chains } = server.context
    const { chains: pins } = serverPolicy({ config: { ...config, dev: false }, chains })
    expect(pins).toEqual([{ ...server.desk.pin, rpc: [] }])
  })
})

describe('GET /healthz and /readyz', () => {
  test('answer ok', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const { status, json } = await server.get(path, open)
      expect({ status, json }).toEqual({ status: 200, json: { status: 'ok' } })
    }
  })

  test('tell a dead chain from a dead process', async () => {
    await server.desk.killNode()
    await server.forget()
    try {
      expect((await server.get('/healthz', open)).status).toBe(200)
      const { status, headers, json } = await server.get('/readyz', open)
      expect(status).toBe(503)
      expect(headers.get('retry-after')).toBe('10')
      expect(json).toMatchObject({
        type: 'urn:problem:NOT_READY',
        title: expect.stringContaining('chain desk') as string,
      })
    } finally {
      await server.desk.startNode()
    }
  })
})

describe('with a dead chain', () => {
  test('nothing is signed, nothing is verified as valid, and no node is named', async () => {
    const dead = await startServer()
    try {
      const issuer = await dead.readyIssuer('greta')
      const { envelope } = await dead.issue(certificate(issuer.did))
      await dead.settle()
      await dead.desk.killNode()
      await dead.forget()

      const refused = await dead.post('/credentials/issue', { credential: certificate(issuer.did) })
      expect(refused.status).toBe(503)
      expect(refused.json).toMatchObject({ type: 'urn:problem:CHAIN_UNREACHABLE' })
      expect(refused.text).not.toContain('127.0.0.1')

      const { json } = await dead.post('/credentials/verify', { verifiableCredential: envelope })
      expect(json).toMatchObject({ verified: false })

      const list = await dead.get('/issuers/greta/status/1/revocation')
      expect(list.status).toBe(503)
      const described = await dead.get('/issuers/greta')
      expect(described.json).toMatchObject({ chains: [{ isReachable: false }] })
    } finally {
      await dead.stop()
    }
  })
})

describe('GET /metrics', () => {
  test('counts requests by route, and what waits', async () => {
    const issuer = await server.newIssuer('counted')
    await server.get(`/issuers/${issuer.slug}`)
    const { status, headers, text } = await server.get('/metrics', open)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch('text/plain')
    expect(text).toMatch(/livret_http_request_seconds_count\{.*route="\/issuers\/:slug".*\} \d/)
    expect(text).toMatch(/livret_credentials_waiting \d/)
    expect(text).toMatch(/livret_anchors_open\{chain="desk"\} \d/)
    expect(text).toMatch(/livret_status_changes_open\{chain="desk"\} 0/)
    expect(text).not.toContain('counted')
  })

  test('is for this machine, and elsewhere for who has the token', async () => {
    const proxied = { 'x-forwarded-for': '127.0.0.1' }
    expect((await server.get('/metrics', { ...open, ...proxied })).status).toBe(401)
    expect((await server.get('/metrics', proxied)).status).toBe(200)
  })
})
