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

/** Lets programs on this machine pass, too, unless they ask for somebody else as a proxy does. */
export function authoriseHere(config: Pick<Config, 'token'>): RequestHandler {
  const withToken = authorise(config)
  return (request, response, next) => {
    const { socket, headers } = request
    const isHere = /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '')
    const isProxied = ['x-forwarded-for', 'forwarded', 'via'].some((name) => name in headers)
    if (isHere && !isProxied) next()
    else withToken(request, response, next)
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
