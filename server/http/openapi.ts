/**
 * `/openapi.json`: made from the routes and their schemas, so that it cannot say anything else.
 *
 * @module
 */
import * as z from 'zod/mini'
import type { ErrorCode } from '#sdk'
import { ProblemAnswer } from './answers.ts'
import { problemType, statusOf } from './problem.ts'
import type { Answer, Caller, Route } from './route.ts'

const callers: Readonly<Record<Caller, string>> = {
  token: 'Whoever has the token.',
  public: 'Everybody.',
  locator: 'Whoever knows the locator, which nobody can guess.',
  wallet: 'Everybody; what it takes beyond that, the protocol says.',
  machine: 'Programs on the machine of the server that ask it directly, and whoever has the token.',
}

const security: Readonly<Record<Caller, readonly object[]>> = {
  token: [{ token: [] }],
  public: [],
  locator: [],
  wallet: [],
  machine: [{ token: [] }, {}],
}

/** The OpenAPI 3.1 document of `routes`. */
export function openApiDocument(routes: readonly Route[], baseUrl: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Livret',
      version: '0.1.0',
      summary: 'Skills credential registry: accredit, issue, anchor, verify.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: baseUrl }],
    paths: pathsOf(routes),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The LIVRET_TOKEN of the server.' },
      },
      schemas: { Problem: schemaOf(ProblemAnswer, 'output') },
    },
  }
}

/** `/issuers/:slug` as OpenAPI writes it. */
export function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

function pathsOf(routes: readonly Route[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = openApiPath(route.path)
    paths[path] = { ...paths[path], [route.method]: operationOf(route) }
  }
  return paths
}

function operationOf(route: Route) {
  const { name, summary, caller, body } = route
  const parameters = parametersOf(route)
  return {
    operationId: name,
    summary,
    description: `Who may call: ${callers[caller]}`,
    'x-caller': caller,
    security: security[caller],
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(body.schema, 'input') } },
      },
    }),
    responses: withBoth(answersOf(route), problemsOf(route)),
  }
}

function parametersOf({ parameters = {}, query = {} }: Route) {
  return [
    ...Object.entries(parameters).map(([name, description]) => ({
      name,
      in: 'path',
      required: true,
      description,
      schema: { type: 'string' },
    })),
    ...Object.entries(query).map(([name, { description, schema }]) => ({
      name,
      in: 'query',
      required: false,
      description,
      schema: schemaOf(schema, 'input'),
    })),
  ]
}

type Responses = Readonly<Record<string, { description: string; content: object }>>

/** A status may stand for an answer and for problems. */
function withBoth(answers: Responses, problems: Responses): Responses {
  const described = new Map(Object.entries({ ...answers, ...problems }))
  for (const [status, answer] of Object.entries(answers)) {
    const problem = problems[status]
    if (problem === undefined) continue
    const description = `${answer.description} ${problem.description}`
    described.set(status, { description, content: { ...answer.content, ...problem.content } })
  }
  return Object.fromEntries(described)
}

function answersOf({ answers }: Route) {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, mediaType, schema }]) => [
      status,
      { description, content: { [mediaType ?? 'application/json']: contentOf(schema) } },
    ]),
  )
}

function contentOf(schema: Answer['schema']) {
  return { schema: schema === undefined ? { type: 'string' } : schemaOf(schema, 'output') }
}

/** Each status once, with the codes that it may stand for: `type` is `urn:problem:<code>`. */
function problemsOf(route: Route) {
  const byStatus = Map.groupBy(new Set(codesOf(route)), (code) => statusOf[code])
  const content = { [problemType]: { schema: { $ref: '#/components/schemas/Problem' } } }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { description: codes.join(', '), content }]),
  )
}

function codesOf({ caller, body, errors }: Route): readonly ErrorCode[] {
  const ofBody = ['INPUT_INVALID', 'BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED'] as const
  return [
    ...errors,
    ...(body === undefined ? [] : ofBody),
    caller === 'token' || caller === 'machine' ? 'UNAUTHORIZED' : 'RATE_LIMITED',
    'STORE_UNREACHABLE',
  ]
}

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output') {
  const members = Object.entries(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))
  return Object.fromEntries(members.filter(([name]) => name !== '$schema'))
}
