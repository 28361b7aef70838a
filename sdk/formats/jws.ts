/**
 * Compact JWS (RFC 7515 section 7.1) as strangers send it, taken apart and not verified.
 *
 * @module
 */
import * as z from 'zod/mini'
import { fromBase64url } from '../lib/base64url.ts'
import { utf8 } from '../lib/bytes.ts'
import { isJsonObject, readJsonBytes, type JsonObject, type JsonResult } from '../lib/json.ts'
import { memo } from '../lib/memo.ts'
import { readAlike } from '../lib/read-alike.ts'
import { Algorithm } from '../model/jwk.ts'
import type { Seconds } from '../model/primitives.ts'
import { refused, type Refusal } from './refusal.ts'

/** Most characters of a token: credentials with pictures are below 100 kB. */
const maxTokenLength = 1_000_000
/** Most characters of a header, encoded. */
const maxHeaderLength = 8_000

/** A JWS in its parts; whatever is in the payload. */
export interface JwsParts {
  text: string
  /** Those of `text`. */
  bytes: Uint8Array
  algorithm: Algorithm
  /** Lower case, without `application/`. */
  typ: string | undefined
  kid: string | undefined
  /** Whether the header brings a key (`jwk`), which nobody here believes. */
  bringsKey: boolean
  payload: Uint8Array
  signingInput: Uint8Array
  signature: Uint8Array
}

/** A token in its parts: its payload is claims. */
export interface Jws extends Omit<JwsParts, 'payload'> {
  payload: JsonObject
}

/**
 * Takes a credential or presentation apart. Blanks around it are not part of it.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with the codes that {@link splitJws} gives, and
 *   `HEADER_REFUSED` for a header with its own key: that of an issuer or holder is found by its DID.
 */
export function decodeJws(text: string): Jws {
  if (text.length > maxTokenLength) throw refused('TOO_LARGE', 'longer than 1 MB')
  const parts = splitJws(text.trim())
  if (parts.bringsKey) throw refused('HEADER_REFUSED', 'header jwk')
  const make = parts.text.slice(0, parts.text.indexOf('.'))
  return { ...parts, payload: asObject('payload', readAlike(make, parts.payload)) }
}

/**
 * Takes a JWS with any payload apart: the one road for all of them.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with the codes `TOO_LARGE`, `MALFORMED`,
 *   `ALGORITHM_NOT_ALLOWED`, `HEADER_REFUSED` of {@link Refusal}.
 */
export function splitJws(text: string): JwsParts {
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
  const header = headerOf(header64)
  const payload = readSegment('payload', payload64)
  const signature = readSegment('signature', signature64)
  if (signature.length === 0) throw refused('MALFORMED', 'signature: expected base64url')
  const bytes = utf8(text)
  const signingInput = bytes.subarray(0, header64.length + payload64.length + 1)
  return { text, bytes, ...header, payload, signingInput, signature }
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

/** One issuer's tokens have the same header (bench: verify). */
const headerOf = memo(1_000, (segment: string) =>
  readHeader(asObject('header', readJsonBytes(readSegment('header', segment)))),
)

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
  return { algorithm: algorithm.data, typ: mediaTypeOf(typ), kid, bringsKey: 'jwk' in json }
}

/** RFC 7515 section 4.1.9: media types know no case, and `application/` may be left out. */
function mediaTypeOf(typ: string | undefined): string | undefined {
  return typ?.toLowerCase().replace(/^application\//, '')
}

function readSegment(part: string, text: string): Uint8Array {
  const bytes = fromBase64url(text)
  if (bytes === undefined) throw refused('MALFORMED', `${part}: expected base64url`)
  return bytes
}

function asObject(part: string, { value, problem }: JsonResult): JsonObject {
  if (problem === 'too many values') throw refused('TOO_LARGE', `${part}: ${problem}`)
  if (problem !== undefined) throw refused('MALFORMED', `${part}: ${problem}`)
  if (!isJsonObject(value)) throw refused('MALFORMED', `${part}: expected a JSON object`)
  return value
}
