import { Validator } from '@seriousme/openapi-schema-validator'
import type { Router } from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../../server/app.ts'
import { openApiPath } from '../../../server/http/openapi.ts'
import { startServer, type TestServer } from '../../support/server.ts'

interface Operation {
  operationId: string
  security: object[]
  'x-caller': string
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, object>
}

interface Document {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}

let server: TestServer
let document: Document
beforeAll(async () => {
  server = await startServer()
  const { json } = await server.get('/openapi.json', { authorization: '' })
  document = json as Document
})
afterAll(() => server.stop())

const operations = () => Object.values(document.paths).flatMap((path) => Object.values(path))

/** What Express really has, found in its own tables. */
function mounted(): string[] {
  const found: string[] = []
  const walk = (router: Router) => {
    for (const { route, handle } of router.stack) {
      const isRouter = typeof handle === 'function' && 'stack' in handle
      if (route === undefined && isRouter) walk(handle as unknown as Router)
      for (const layer of route?.stack ?? []) {
        if (layer.method) found.push(`${layer.method} ${openApiPath(route!.path)}`)
      }
    }
  }
  walk(createApp(server.context).router)
  return [...new Set(found)].sort()
}

describe('GET /openapi.json', () => {
  test('is OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) })
    expect({ valid, errors }).toMatchObject({ valid: true })
    expect(document.openapi).toBe('3.1.0')
  })

  test('names the routes that are mounted, and no others', () => {
    const named = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    expect(named.sort()).toEqual(mounted())
    expect(named).toHaveLength(43)
  })

  test('gives each operation a name of its own, and says who may call it', () => {
    const ids = operations().map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const operation of operations()) {
      const needs: Record<string, object[]> = {
        token: [{ token: [] }],
        machine: [{ token: [] }, {}],
      }
      expect(operation.security).toEqual(needs[operation['x-caller']] ?? [])
    }
  })

  test('says the truth about who may call', async () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const { status } = await server.ask(path.replace(/\{\w+\}/g, 'x'), {
          method: method.toUpperCase(),
          headers: { authorization: '' },
        })
        // What wallets need is not our token, but their own.
        if (operation['x-caller'] === 'wallet') continue
        const needsToken = operation['x-caller'] === 'token'
        expect({ path, isRefused: status === 401 }).toEqual({ path, isRefused: needsToken })
      }
    }
  })

  test('has closed bodies from the schemas that requests are held to', () => {
    const schema =
      document.paths['/credentials/status']!['post']!.requestBody!.content['application/json']!
        .schema
    expect(schema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['credentialId', 'credentialStatus', 'status'],
    })
  })
})
