import { readJsonBytes, RegistryError } from '#sdk'
import { raw, type ErrorRequestHandler, type RequestHandler } from 'express'

const mediaType = 'application/json'

/**
 * Reads a body as strict JSON (I-JSON): no member twice, no byte order mark, at most 64 levels.
 * Throws MEDIA_TYPE_UNSUPPORTED, BODY_TOO_LARGE, INPUT_INVALID.
 */
export function readJson(limitBytes: number): readonly (RequestHandler | ErrorRequestHandler)[] {
  const readBytes = raw({ type: () => true, limit: limitBytes, inflate: false })
  const translate: ErrorRequestHandler = (error: unknown, _request, _response, next) => {
    next(refusal(error, limitBytes))
  }
  return [requireJson, readBytes, translate, parseBody]
}

const requireJson: RequestHandler = (request, _response, next) => {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1)
  if (type.trim().toLowerCase() === mediaType) next()
  else next(unsupported())
}

const parseBody: RequestHandler = (request, _response, next) => {
  const bytes: unknown = request.body
  const { value, problem } = readJsonBytes(bytes instanceof Uint8Array ? bytes : new Uint8Array())
  if (problem !== undefined) {
    next(new RegistryError('INPUT_INVALID', { input: 'body', problems: [`body: ${problem}`] }))
    return
  }
  request.body = value
  next()
}

/** What body-parser says, in our words. */
function refusal(error: unknown, limitBytes: number): unknown {
  if (!(error instanceof Error && 'type' in error)) return error
  if (error.type === 'entity.too.large') return new RegistryError('BODY_TOO_LARGE', { limitBytes })
  return error.type === 'encoding.unsupported' ? unsupported() : error
}

function unsupported(): RegistryError {
  return new RegistryError('MEDIA_TYPE_UNSUPPORTED', { expected: [mediaType] })
}
