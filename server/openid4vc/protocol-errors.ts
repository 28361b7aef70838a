import { isRegistryError, type ErrorFacts } from '#sdk'
import type { RequestHandler, Response } from 'express'
import * as z from 'zod/mini'

/** An error as OAuth 2.0 says it (RFC 6749 section 5.2, OpenID4VCI 1.0 section 8.3.1). */
export const ProtocolError = z.strictObject({
  error: z.string(),
  error_description: z.optional(z.string()),
  /** Code of the check that failed, of `npx livret verify`. */
  check: z.optional(z.string()),
})

/** Faults of the access token itself: RFC 6750 section 3.1, RFC 9449 section 7.1. */
const tokenFaults = new Set(['unauthorized', 'invalid_token'])

/** Lets `handle` answer what the protocol refuses in the protocol's words; other failures stay problems. */
export function inProtocol(handle: RequestHandler): RequestHandler {
  return async (request, response, next) => {
    response.set('Cache-Control', 'no-store')
    try {
      await handle(request, response, next)
    } catch (thrown) {
      if (!isRegistryError(thrown) || thrown.code !== 'PROTOCOL_REFUSED') throw thrown
      answerError(response, thrown.facts)
    }
  }
}

function answerError(
  response: Response,
  { error, reason, check }: ErrorFacts['PROTOCOL_REFUSED'],
): void {
  if (!tokenFaults.has(error)) {
    const isAbsent = error === 'server_error'
    response
      .status(isAbsent ? 503 : 400)
      .json({ error, error_description: reason, ...(check !== undefined && { check }) })
    return
  }
  // Whoever showed no token at all is told nothing but that one is needed.
  const code = error === 'unauthorized' ? '' : ` error="${error}", error_description="${reason}"`
  response
    .status(401)
    .append('WWW-Authenticate', `Bearer${code}`)
    .append(
      'WWW-Authenticate',
      `DPoP${code}${code === '' ? ' ' : ', '}algs="ES256 ES384 ES256K EdDSA"`,
    )
    .json({ error: 'invalid_token', error_description: reason })
}
