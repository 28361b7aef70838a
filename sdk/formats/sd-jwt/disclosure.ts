/**
 * Taking an SD-JWT (RFC 9901) apart: the issuer's JWT, its disclosures, the holder's JWT.
 *
 * @module
 */
import { sha256 } from '#crypto'
import { sha384, sha512 } from '@noble/hashes/sha2.js'
import { fromBase64url, toBase64url } from '../../lib/base64url.ts'
import { utf8 } from '../../lib/bytes.ts'
import { readJsonBytes, type Json } from '../../lib/json.ts'
import { refused } from '../refusal.ts'

/** An SD-JWT in its parts (RFC 9901 section 4). */
export interface SdJwtParts {
  /** The issuer-signed JWT, which is what a receipt's digest covers. */
  jwt: string
  disclosures: readonly string[]
  /** The holder-signed JWT after the last `~`, if there is one. */
  keyBinding: string | undefined
  /** What `sd_hash` covers: everything up to the last `~`, with it. */
  presented: string
}

/** A disclosure that was read. */
export interface Disclosure {
  text: string
  /** As `_sd` and `...` name it. */
  digest: string
  /** Name of the member; `undefined` for an item of a list. */
  name: string | undefined
  value: Json
}

type Digest = (data: Uint8Array) => Uint8Array

/** Digests that `_sd_alg` may name (RFC 9901 section 4.1.1, IANA's Named Information Hash Algorithms). */
const digests: ReadonlyMap<unknown, Digest> = new Map<unknown, Digest>([
  ['sha-256', sha256],
  ['sha-384', sha384],
  ['sha-512', sha512],
])

/** Most disclosures of one credential, and most characters of all of it. */
const maxDisclosures = 1_000
const maxLength = 1_000_000

/**
 * Splits an SD-JWT at its tildes.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with `TOO_LARGE`, or `MALFORMED` if there is no tilde, or
 *   nothing between two of them.
 */
export function splitSdJwt(text: string): SdJwtParts {
  if (text.length > maxLength) throw refused('TOO_LARGE', 'longer than 1 MB')
  const [jwt = '', ...rest] = text.trim().split('~')
  const last = rest.pop()
  if (last === undefined)
    throw refused('MALFORMED', 'an SD-JWT ends with "~" or with a key binding')
  if (rest.length > maxDisclosures) throw refused('TOO_LARGE', 'more than 1,000 disclosures')
  if (rest.includes('')) throw refused('DISCLOSURE_MALFORMED', 'nothing between two tildes')
  const keyBinding = last === '' ? undefined : last
  return { jwt, disclosures: rest, keyBinding, presented: [jwt, ...rest, ''].join('~') }
}

/**
 * Reads disclosures (RFC 9901 sections 4.2.1 and 4.2.2).
 *
 * @param algorithm - `_sd_alg` of the issuer's JWT.
 * @throws {@link RegistryError} `TOKEN_INVALID` with `DISCLOSURE_HASH_UNKNOWN`, or `DISCLOSURE_MALFORMED`
 *   if one is no base64url of a JSON list of salt, name and value, or of salt and value.
 */
export function readDisclosures(
  texts: readonly string[],
  algorithm: Json | undefined,
): readonly Disclosure[] {
  return texts.map((text) => ({ text, digest: digestOf(text, algorithm), ...contentOf(text) }))
}

/**
 * The digest of ASCII text as SD-JWT writes it: base64url.
 *
 * @param algorithm - `_sd_alg`: `sha-256` (also if it is missing), `sha-384` or `sha-512`.
 * @throws {@link RegistryError} `TOKEN_INVALID` with `DISCLOSURE_HASH_UNKNOWN` for another.
 */
export function digestOf(text: string, algorithm: Json | undefined): string {
  const hash = digests.get(algorithm ?? 'sha-256')
  if (algorithm === null || hash === undefined) {
    throw refused('DISCLOSURE_HASH_UNKNOWN', '_sd_alg: none of sha-256, sha-384, sha-512')
  }
  return toBase64url(hash(utf8(text)))
}

function contentOf(text: string): Pick<Disclosure, 'name' | 'value'> {
  const bytes = fromBase64url(text)
  const { value, problem } =
    bytes === undefined ? { problem: 'not base64url' } : readJsonBytes(bytes)
  if (problem === 'too many values') throw refused('TOO_LARGE', `a disclosure has ${problem}`)
  if (problem !== undefined) throw refused('DISCLOSURE_MALFORMED', `a disclosure is ${problem}`)
  const parts: readonly Json[] = Array.isArray(value) ? value : []
  const [salt, nameOrValue, member] = parts
  if (typeof salt === 'string' && parts.length === 2 && nameOrValue !== undefined) {
    return { name: undefined, value: nameOrValue }
  }
  if (
    typeof salt === 'string' &&
    parts.length === 3 &&
    typeof nameOrValue === 'string' &&
    member !== undefined
  ) {
    return { name: nameOrValue, value: member }
  }
  throw refused('DISCLOSURE_MALFORMED', 'expected salt, name and value, or salt and value')
}
