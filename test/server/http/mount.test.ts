import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProblemAnswer } from '../../../server/http/answers.ts'
import {
  certificate,
  startServer,
  token,
  type Answer,
  type TestServer,
} from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

function expectProblem({ status, headers, json }: Answer, expected: number, code: string): void {
  expect(headers.get('content-type')).toMatch('application/problem+json')
  expect(ProblemAnswer.parse(json)).toMatchObject({ status: expected, type: `urn:problem:${code}` })
  expect(status).toBe(expected)
}

const withBody = [
  '/issuers',
  '/credentials/issue',
  '/credentials/status',
  '/credentials/verify',
  '/presentations/verify',
]
const withToken = [
  ['POST', '/issuers'],
  ['POST', '/credentials/issue'],
  ['POST', '/credentials/status'],
  ['GET', '/credentials/urn:x'],
] as const

describe('callers', () => {
  const wrong = {
    'no token': '',
    'a wrong token': `Bearer ${token}x`,
    'a shorter token': `Bearer ${token.slice(1)}`,
    'another scheme': `Basic ${Buffer.from(`:${token}`).toString('base64')}`,
    'a bare token': token,
  }
  test.each(
    withToken.flatMap(([method, path]) =>
      Object.entries(wrong).map(([what, header]) => [method, path, what, header] as const),
    ),
  )('%s %s refuses %s', async (method, path, _, authorization) => {
    const answer = await server.ask(path, { method, headers: { authorization } })
    expectProblem(answer, 401, 'UNAUTHORIZED')
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /)
  })

  test('are turned away before their body is read', async () => {
    const answer = await server.postText('/issuers', '{', { authorization: '' })
    expectProblem(answer, 401, 'UNAUTHORIZED')
  })

  test('who ask too often are told when to come back', async () => {
    const strict = await startServer({ limits: { verifications: 2, reads: 3, wallets: 3 } })
    try {
      const open = { authorization: '' }
      const statuses: number[] = []
      for (let i = 0; i < 3; i++) {
        statuses.push((await strict.post('/credentials/verify', {}, open)).status)
      }
      expect(statuses).toEqual([400, 400, 429])
      const answer = await strict.post('/presentations/verify', {}, open)
      expectProblem(answer, 429, 'RATE_LIMITED')
      expect(answer.headers.get('retry-after')).toBe('60')
      expect((await strict.get('/healthz', open)).status).toBe(200)
      expect((await strict.post('/credentials/verify', {})).status).toBe(400)
    } finally {
      await strict.stop()
    }
  })

  test('are counted by the address that the last proxy of ours saw', async () => {
    const limits = { verifications: 2, reads: 2, wallets: 2 }
    const read = async (strict: TestServer) => {
      const statuses: number[] = []
      for (let i = 0; i < 3; i++) {
        const forwarded = `203.0.113.${String(i)}, 10.0.0.5`
        const headers = { authorization: '', 'x-forwarded-for': forwarded }
        statuses.push((await strict.get('/healthz', headers)).status)
      }
      await strict.stop()
      return statuses
    }
    expect(await read(await startServer({ limits }))).toEqual([200, 200, 429])
    const trusting = await startServer({ limits, trustedProxies: ['10.0.0.0/8'] })
    expect(await read(trusting)).toEqual([200, 200, 200])
  })
})

describe.each(withBody)('POST %s', (path) => {
  test.each([
    ['malformed JSON', '{'],
    ['nothing', ''],
    ['two values', '{}{}'],
    ['a member that stands twice', '{"slug":"a","slug":"b"}'],
    ['a member that stands twice by escapes', '{"slug":"a","\\u0073lug":"b"}'],
    ['a member named __proto__', '{"__proto__":{"token":"x"}}'],
    ['65 levels', '['.repeat(65) + ']'.repeat(65)],
    ['a byte order mark', '\uFEFF{}'],
  ])('refuses %s', async (_, body) => {
    const answer = await server.postText(path, body)
    expectProblem(answer, 400, 'INPUT_INVALID')
    expect((answer.json as { problems: string[] }).problems[0]).toMatch(/^body: /)
  })

  test('refuses what is not UTF-8', async () => {
    const answer = await server.ask(path, {
      method: 'POST',
      body: Uint8Array.of(0x22, 0xff, 0x22),
      headers: { 'content-type': 'application/json' },
    })
    expectProblem(answer, 400, 'INPUT_INVALID')
  })

  test.each(['null', '7', '"text"', '[]', 'true'])('refuses the JSON value %s', async (body) => {
    expectProblem(await server.postText(path, body), 400, 'INPUT_INVALID')
  })

  test.each([
    ['text/plain', {}],
    ['application/x-www-form-urlencoded', {}],
    ['application/jsonp', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
  ])('refuses a body of %s %j', async (type, headers) => {
    const answer = await server.postText(path, '{}', { 'content-type': type, ...headers })
    expectProblem(answer, 415, 'MEDIA_TYPE_UNSUPPORTED')
  })

  test('refuses a body beyond 2 MB', async () => {
    const answer = await server.postText(path, `{"x":"${'a'.repeat(2_100_000)}"}`)
    expectProblem(answer, 413, 'BODY_TOO_LARGE')
  })

  test('names the methods that are possible', async () => {
    const answer = await server.ask(path, { method: 'DELETE' })
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED')
    expect(answer.headers.get('allow')).toBe(path === '/issuers' ? 'POST, GET, HEAD' : 'POST')
  })
})

describe('paths', () => {
  test.each([
    '/nothing',
    '/credentials',
    '/credentials/x/y',
    '/issuers/a/b',
    '/issuers/a/status/1',
  ])('know nothing at %s', async (path) => {
    expectProblem(await server.get(path), 404, 'ROUTE_UNKNOWN')
  })

  test('answer another method at a literal path, not the parameter beside it', async () => {
    expectProblem(await server.get('/credentials/issue'), 405, 'METHOD_NOT_ALLOWED')
  })

  test('answer HEAD like GET, without a body', async () => {
    const { status, text } = await server.ask('/healthz', { method: 'HEAD' })
    expect({ status, text }).toEqual({ status: 200, text: '' })
  })

  test('refuse an escape that stands for nothing', async () => {
    const { status, json } = await server.get('/issuers/%E0%A4%A')
    expect(status).toBe(400)
    expect(ProblemAnswer.parse(json).type).toBe('about:blank')
  })
})

describe('answers', () => {
  test('tell browsers to be careful, and do not boast', async () => {
    const { headers } = await server.get('/healthz')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('leave no credential, locator, holder or token in the log', async () => {
    const issuer = await server.readyIssuer('logged')
    const { locator, text } = await server.issue(certificate(issuer.did))
    await server.settle()
    await server.get(`/credentials/${locator}/receipt`)
    await server.post('/credentials/verify', { verifiableCredential: text })
    await server.post('/credentials/issue', { credential: { name: 'Ada Lovelace' } })
    const log = JSON.stringify(server.logged)
    for (const secret of [locator, text, 'did:example:ada', 'Ada Lovelace', token]) {
      expect(log).not.toContain(secret)
    }
    expect(server.logged).toContainEqual({
      event: 'request',
      facts: expect.objectContaining({
        route: '/credentials/:locator/receipt',
        status: 200,
      }) as object,
    })
  })

  test('survive a caller who hangs up in the middle of a body', async () => {
    const { port } = server.context.config
    await new Promise<void>((resolve) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': '1000',
      }
      const call = request({ port, path: '/credentials/issue', method: 'POST', headers })
      call.once('error', () => undefined)
      call.once('close', () => {
        resolve()
      })
      call.write('{"credential"')
      setTimeout(() => call.destroy(), 50)
    })
    expect((await server.get('/healthz')).status).toBe(200)
  })
})
