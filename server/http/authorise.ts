import { createHash, timingSafeEqual } from 'node:crypto'
import { RegistryError } from '#sdk'
import type { Request, RequestHandler } from 'express'
import type { Config } from '../context.ts'

/** Lets callers with the bearer token pass (RFC 6750 section 2.1); others get UNAUTHORIZED. */
export function authorise(config: Pick<Config, 'token'>): RequestHandler {
  const isAuthorised = bearerCheck(config)
  return (request, _response, next) => {
    if (isAuthorised(request)) next()
    else next(new RegistryError('UNAUTHORIZED', { scheme: 'bearer' }))
  }
}

/** Tells whether a request carries the token. Takes the same time for every wrong one. */
export function bearerCheck({ token }: Pick<Config, 'token'>): (request: Request) => boolean {
  const expected = digestOf(token)
  return (request) => {
    const [, given] = /^Bearer +([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '') ?? []
    return given !== undefined && timingSafeEqual(digestOf(given), expected)
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
