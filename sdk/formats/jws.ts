/**
 * Compact JWS (RFC 7515 section 7.1) as strangers send it, taken apart and not verified.
 *
 * @module
 */
import * as z from 'zod/mini'
import { fromBase64url } from '../lib/base64url.ts'
import { utf8 } from '../lib/bytes.ts'
import { isJsonObject, readJsonBytes, type JsonObject } from '../lib/json.ts'
import { Algorithm } from '../model/jwk.ts'
import type { Seconds } from '../model/primitives.ts'
import { refused, type Refusal } from './refusal.ts'

/** Most characters of a token: credentials with pictures are below 100 kB. */
const maxTokenLength = 1_000_000
/** Most characters of a header, encoded. */
const maxHeaderLength = 8_000

/** A token in its parts. */
export interface Jws {
  text: string
  algorithm: Algorithm
  /** Lower case, without `application/`. */
  typ: string | undefined
  kid: string | undefined
  payload: JsonObject
  signingInput: Uint8Array
  signature: Uint8Array
}

/**
 * Takes a token apart.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with the codes `TOO_LARGE`, `MALFORMED`,
 *   `ALGORITHM_NOT_ALLOWED`, `HEADER_REFUSED` of {@link Refusal}.
 */
export function decodeJws(text: string): Jws {
  if (text.length > maxTokenLength) throw refused('TOO_LARGE', 'longer than 1 MB')
  const [header64, payload64, signature64, ...more] = text.split('.', 4)
  if (
    header64 === undefined ||
    payload64 === undefined ||
    signature64 === undefined ||
    more.length > 0
  ) {
    throw refused('MALFORMED', 'expected three segments')
  }
  if (header64.length > maxHeaderLength) throw refused('TOO_LARGE', 'header longer than 8 kB')
  const header = readHeader(readObject('header', header64))
  const payload = readObject('payload', payload64)
  const signature = fromBase64url(signature64)
  if (signature === undefined || signature.length === 0) {
    throw refused('MALFORMED', 'signature: expected base64url')
  }
  const signingInput = utf8(text.slice(0, header64.length + payload64.length + 1))
  return { text, ...header, payload, signingInput, signature }
}

/**
 * A NumericDate claim (RFC 7519 section 2) in whole seconds.
 *
 * @param problem - Code for a value that is no number of seconds since 1970, or beyond 1e11: that one
 *   was written in milliseconds.
 */
export function secondsOf(
  payload: JsonObject,
  claim: string,
  problem: Refusal,
): Seconds | undefined {
  const value = payload[claim]
  if (value === undefined) return undefined
  if (typeof value === 'number' && value >= 0 && value <= 1e11) return Math.floor(value)
  throw refused(problem, `${claim}: expected seconds since 1970`)
}

const Header = z.looseObject({
  alg: z.string(),
  typ: z.optional(z.string()),
  cty: z.optional(z.string()),
  kid: z.optional(z.string().check(z.minLength(1), z.maxLength(4096))),
})

/** Headers that would change what is signed (RFC 7515 section 4.1.11, RFC 7797), or fetch a key. */
const refusedHeaders = ['crit', 'b64', 'jku', 'x5u'] as const

function readHeader(json: JsonObject) {
  const header = Header.safeParse(json)
  if (!header.success)
    throw refused('MALFORMED', 'header: expected alg, and typ, cty, kid as strings')
  const { alg, typ, kid } = header.data
  const algorithm = Algorithm.safeParse(alg)
  if (!algorithm.success) throw refused('ALGORITHM_NOT_ALLOWED', `algorithm ${alg.slice(0, 32)}`)
  const forbidden = refusedHeaders.find((name) => name in json)
  if (forbidden !== undefined) throw refused('HEADER_REFUSED', `header ${forbidden}`)
  if (isJsonObject(json['jwk']) && 'd' in json['jwk']) {
    throw refused('HEADER_REFUSED', 'header jwk holds a private key')
  }
  return { algorithm: algorithm.data, typ: mediaTypeOf(typ), kid }
}

/** RFC 7515 section 4.1.9: media types know no case, and `application/` may be left out. */
function mediaTypeOf(typ: string | undefined): string | undefined {
  return typ?.toLowerCase().replace(/^application\//, '')
}

function readObject(part: string, text: string): JsonObject {
  const bytes = fromBase64url(text)
  if (bytes === undefined) throw refused('MALFORMED', `${part}: expected base64url`)
  const { value, problem } = readJsonBytes(bytes)
  if (problem !== undefined) throw refused('MALFORMED', `${part}: ${problem}`)
  if (!isJsonObject(value)) throw refused('MALFORMED', `${part}: expected a JSON object`)
  return value
}
