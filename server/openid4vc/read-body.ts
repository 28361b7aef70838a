import { isJsonObject, readJsonBytes, RegistryError, type JsonObject } from '#sdk'
import type { Request } from 'express'
import { openRequest } from '../wallet-flows/encrypted-messages.ts'
import { refused } from '../wallet-flows/refused.ts'
import type { Context } from '../context.ts'

/** Enough for a request with some proofs. */
const usualLimit = 65_536

/** A form; no parameter twice (RFC 6749 section 3.2). Throws PROTOCOL_REFUSED, BODY_TOO_LARGE. */
export async function readForm(
  request: Request,
  limitBytes = usualLimit,
): Promise<Readonly<Record<string, string>>> {
  const bytes = await bytesOf(request, limitBytes)
  if (mediaTypeOf(request) !== 'application/x-www-form-urlencoded') {
    throw refused('invalid_request', 'expected application/x-www-form-urlencoded')
  }
  const members = [...new URLSearchParams(bytes.toString('utf8'))]
  const form = new Map(members)
  if (form.size < members.length) throw refused('invalid_request', 'a parameter stands there twice')
  return Object.fromEntries(form)
}

/** A JSON object, sent as such or encrypted for us (OpenID4VCI 1.0 section 10). */
export interface Message {
  content: JsonObject
  wasEncrypted: boolean
}

/** Reads a message; throws PROTOCOL_REFUSED with `error`, BODY_TOO_LARGE. */
export async function readMessage(
  context: Pick<Context, 'config'>,
  request: Request,
  error: string,
): Promise<Message> {
  const bytes = await bytesOf(request, usualLimit)
  const mediaType = mediaTypeOf(request)
  if (mediaType === 'application/jwt') {
    return { content: await openRequest(context, bytes.toString('latin1')), wasEncrypted: true }
  }
  if (mediaType !== 'application/json') throw refused(error, 'expected application/json')
  const { value } = readJsonBytes(bytes)
  if (!isJsonObject(value)) throw refused(error, 'expected a JSON object')
  return { content: value, wasEncrypted: false }
}

function mediaTypeOf({ headers }: Request): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** Express has not touched the body yet. */
async function bytesOf(request: Request, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Buffer)) continue
    length += chunk.length
    if (length > limitBytes) throw new RegistryError('BODY_TOO_LARGE', { limitBytes })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
