/**
 * Integrity of related resources (VCDM 2.0 section 5.3): `relatedResource` says what stands at an
 * address, by its digest. Nothing is fetched; the digests of the documents that everybody uses are
 * known.
 *
 * @module
 */
import { base58, base64 } from '@scure/base'
import * as z from 'zod/mini'
import { fromBase64url } from '../lib/base64url.ts'
import { toHex } from '../lib/bytes.ts'
import { oneOrMany } from './one-or-many.ts'
import { publishedDigests } from './published-digests.ts'
import { Url } from './primitives.ts'

const RelatedResource = z
  .looseObject({
    id: Url,
    mediaType: z.optional(z.string()),
    digestSRI: z.optional(oneOrMany(z.string().check(z.maxLength(1_000)))),
    digestMultibase: z.optional(oneOrMany(z.string().check(z.maxLength(1_000)))),
  })
  .check(
    z.refine(
      ({ digestSRI, digestMultibase }) => digestSRI !== undefined || digestMultibase !== undefined,
      'expected digestSRI or digestMultibase',
    ),
    z.refine(
      (resource) => digestsOf(resource).every((digest) => digest !== undefined),
      'expected digests by SHA-256, SHA-384 or SHA-512',
    ),
    z.refine(isAsPublished, 'the digest is not that of the document at this address'),
  )

/**
 * `relatedResource`: one or many, none twice. A digest of a document that is known here must be that of
 * a version that was published.
 */
export const RelatedResources = oneOrMany(RelatedResource).check(
  z.refine(
    (resources) => new Set(resources.map(({ id }) => id)).size === resources.length,
    'an id stands twice',
  ),
)

interface Digests {
  id: string
  digestSRI?: readonly string[] | undefined
  digestMultibase?: readonly string[] | undefined
}

function isAsPublished(resource: Digests): boolean {
  const published = publishedDigests.get(resource.id)
  if (published === undefined) return true
  return digestsOf(resource).every((digest) => digest !== undefined && published.has(digest))
}

/** Each digest in hex; undefined for what is none. */
function digestsOf({ digestSRI = [], digestMultibase = [] }: Digests) {
  const expressions = digestSRI.flatMap((text) => text.trim().split(/\s+/))
  return [...expressions.map(readSri), ...digestMultibase.map(readMultibase)]
}

/** `hash-expression` of Subresource Integrity: `sha384-` and base64, options behind `?`. */
function readSri(text: string): string | undefined {
  const [, bits, value] = /^sha(256|384|512)-([A-Za-z0-9+/]+={0,2})(?:\?|$)/.exec(text) ?? []
  if (value === undefined) return undefined
  const bytes = attempt(() => base64.decode(value))
  return bytes?.length === Number(bits) / 8 ? toHex(bytes) : undefined
}

/** A multihash (0x12 SHA-256, 0x20 SHA-384, 0x13 SHA-512) in base64url or base58; or the bare digest. */
function readMultibase(text: string): string | undefined {
  const encoded = text.slice(1)
  const bytes = text.startsWith('u')
    ? fromBase64url(encoded)
    : text.startsWith('z')
      ? attempt(() => base58.decode(encoded))
      : undefined
  if (bytes === undefined) return undefined
  const [code, length] = bytes
  const isMultihash = length === bytes.length - 2 && multihashes.get(code ?? 0) === length
  const digest = isMultihash ? bytes.subarray(2) : bytes
  return [32, 48, 64].includes(digest.length) ? toHex(digest) : undefined
}

const multihashes: ReadonlyMap<number, number> = new Map([
  [0x12, 32],
  [0x20, 48],
  [0x13, 64],
])

function attempt(decode: () => Uint8Array): Uint8Array | undefined {
  try {
    return decode()
  } catch {
    return undefined
  }
}
