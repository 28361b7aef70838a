import { isRegistryError, type AnyRegistryError, type ErrorCode } from '#sdk'
import type { ErrorRequestHandler, Response } from 'express'
import type { Context } from '../context.ts'

/** Problem details, RFC 9457 section 3; `problems` is ours: member and rule of each violation. */
interface Problem {
  type: string
  status: number
  title: string
  detail?: string
  problems?: readonly string[]
}

/** An error that has no status here does not compile. */
export const statusOf: Record<ErrorCode, number> = {
  INPUT_INVALID: 400,
  TOKEN_INVALID: 400,
  PROTOCOL_REFUSED: 400,
  UNAUTHORIZED: 401,
  ISSUER_UNKNOWN: 404,
  CREDENTIAL_UNKNOWN: 404,
  STATUS_LIST_UNKNOWN: 404,
  CHECKPOINT_UNAVAILABLE: 404,
  FLOW_UNKNOWN: 404,
  ROUTE_UNKNOWN: 404,
  METHOD_NOT_ALLOWED: 405,
  ISSUER_EXISTS: 409,
  ISSUER_NOT_READY: 409,
  NOT_ACCREDITED: 409,
  CREDENTIAL_EXISTS: 409,
  AWARD_REVOKED: 409,
  REVOCATION_FINAL: 409,
  CREDENTIAL_LAPSED: 410,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  RATE_LIMITED: 429,
  DID_INVALID: 400,
  DID_UNSUPPORTED: 400,
  DID_UNREACHABLE: 502,
  CHAIN_MISMATCH: 503,
  EVIDENCE_MISSING: 503,
  CHAIN_UNREACHABLE: 503,
  CHAIN_CHANGED: 503,
  NODE_FAILED: 503,
  NOT_READY: 503,
  STORE_UNREACHABLE: 503,
  DATA_DIR_IN_USE: 500,
  KEY_SEALED: 500,
  TRANSACTION_REFUSED: 500,
}

/** What others learn where the message would tell of the inside: addresses of nodes, names of keys. */
const unavailable = 'The server cannot do this now.'

/** The media type of problems, RFC 9457 section 3. */
export const problemType = 'application/problem+json'

/** Answers every failure as problem details. The only place where errors become HTTP. */
export function problemHandler({ log }: Pick<Context, 'log'>): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const problem = problemOf(error)
    if (problem.status >= 500) log.error('request failed', factsOf(error))
    if (isRegistryError(error)) setHeaders(response, error)
    response.status(problem.status).type(problemType).json(problem)
  }
}

function problemOf(error: unknown): Problem {
  if (isRegistryError(error)) {
    const { code, message, hint } = error
    const status = statusOf[code]
    const type = `urn:problem:${code}`
    if (status >= 500 && code !== 'NOT_READY') return { type, status, title: unavailable }
    const problems = code === 'INPUT_INVALID' ? error.facts.problems : undefined
    return { type, status, title: message, detail: hint, ...(problems && { problems }) }
  }
  if (isClientError(error)) {
    return { type: 'about:blank', status: error.status, title: error.message }
  }
  return { type: 'about:blank', status: 500, title: 'Internal error' }
}

function setHeaders(response: Response, { code, facts }: AnyRegistryError): void {
  if (code === 'UNAUTHORIZED') response.set('WWW-Authenticate', 'Bearer realm="livret"')
  if (code === 'METHOD_NOT_ALLOWED') response.set('Allow', facts.allowed.join(', '))
  if (code === 'RATE_LIMITED') response.set('Retry-After', String(facts.retryAfterSeconds))
  if (statusOf[code] === 503) response.set('Retry-After', '10')
}

/** For the log: what happened, where; never what was sent. */
function factsOf(error: unknown): Record<string, unknown> {
  if (isRegistryError(error)) return { code: error.code, ...error.facts }
  return error instanceof Error
    ? { reason: error.message, stack: error.stack }
    : { reason: String(error) }
}

/** Tells whether Express refused the request: a path that cannot be decoded, a connection that broke. */
function isClientError(error: unknown): error is Error & { status: number } {
  return (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    error.status >= 400 &&
    error.status < 500
  )
}
