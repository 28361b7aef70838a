/**
 * Putting disclosures into the payload that names their digests (RFC 9901 section 7.1, step 3).
 *
 * @module
 */
import {
  isJsonObject,
  maxJsonDepth,
  maxJsonValues,
  type Json,
  type JsonObject,
} from '../../lib/json.ts'
import { refused } from '../refusal.ts'
import type { ClaimPlace } from './claim-path.ts'
import type { Disclosure } from './disclosure.ts'

/** A disclosure, and where the claim stands that it discloses. */
export interface PlacedDisclosure {
  disclosure: Disclosure
  place: ClaimPlace
}

/** A payload with its disclosures in it, and without anything that only belongs to SD-JWT. */
export interface DisclosedClaims {
  claims: JsonObject
  /** In the order in which they stand in `claims`; what holds others before those. */
  placed: readonly PlacedDisclosure[]
}

interface Work {
  readonly byDigest: ReadonlyMap<string, Disclosure>
  /** Digests that were met, so that none counts twice. */
  readonly met: Set<string>
  readonly placed: PlacedDisclosure[]
  /** Members and items that were opened. */
  values: number
}

/**
 * Discloses what the disclosures disclose. What nobody discloses is left out: members silently, items of
 * lists with their place.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with
 *   - `DISCLOSURE_REPEATED`: a disclosure is sent twice, or a digest stands twice;
 *   - `DISCLOSURE_UNREFERENCED`: no digest refers to a disclosure;
 *   - `DISCLOSURE_COLLISION`: the claim is there already;
 *   - `DISCLOSURE_MALFORMED`: `_sd` or `...` where or as it must not be, a member's disclosure for an
 *     item, or the other way round;
 *   - `DISCLOSURE_FORBIDDEN`: it discloses `_sd`, `...`, `_sd_alg` or `__proto__`;
 *   - `TOO_LARGE`: more than 64 levels, or 5,000 values.
 */
export function disclose(payload: JsonObject, disclosures: readonly Disclosure[]): DisclosedClaims {
  const byDigest = new Map(disclosures.map((disclosure) => [disclosure.digest, disclosure]))
  if (byDigest.size < disclosures.length) {
    throw refused('DISCLOSURE_REPEATED', 'a disclosure is sent twice')
  }
  const work: Work = { byDigest, met: new Set(), placed: [], values: 0 }
  const open = Object.entries(payload).filter(([name]) => name !== '_sd_alg')
  const claims = openObject(Object.fromEntries(open), [], work)
  if (work.placed.length < disclosures.length) {
    throw refused('DISCLOSURE_UNREFERENCED', 'a disclosure that nothing refers to')
  }
  return { claims, placed: work.placed }
}

function openValue(value: Json, place: ClaimPlace, work: Work): Json {
  work.values += 1
  if (work.values > maxJsonValues) throw refused('TOO_LARGE', 'too many values')
  if (typeof value !== 'object' || value === null) return value
  if (place.length > maxJsonDepth) throw refused('TOO_LARGE', 'disclosures nested too deeply')
  return isJsonObject(value) ? openObject(value, place, work) : openList(value, place, work)
}

function openObject(object: JsonObject, place: ClaimPlace, work: Work): JsonObject {
  const { _sd: digests, ...members } = object
  if ('...' in members) throw malformed('a digest of an item stands in an object')
  const opened = new Map<string, Json>()
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) opened.set(name, openValue(value, [...place, name], work))
  }
  for (const digest of digestsOf(digests)) {
    const disclosure = take(digest, work)
    if (disclosure === undefined) continue
    const { name, value } = disclosure
    if (name === undefined) throw malformed('the disclosure of an item stands for a member')
    if (reserved.has(name)) throw refused('DISCLOSURE_FORBIDDEN', `${name} is disclosed`)
    if (opened.has(name))
      throw refused('DISCLOSURE_COLLISION', 'a disclosed claim is there already')
    const inside = [...place, name]
    work.placed.push({ disclosure, place: inside })
    opened.set(name, openValue(value, inside, work))
  }
  return Object.fromEntries(opened)
}

const reserved = new Set(['_sd', '...', '_sd_alg', '__proto__'])

function openList(list: readonly Json[], place: ClaimPlace, work: Work): readonly Json[] {
  const opened: Json[] = []
  for (const item of list) {
    const inside = [...place, opened.length]
    const digest = isJsonObject(item) ? itemDigest(item) : undefined
    if (digest === undefined) {
      opened.push(openValue(item, inside, work))
      continue
    }
    const disclosure = take(digest, work)
    if (disclosure === undefined) continue
    if (disclosure.name !== undefined) throw malformed('the disclosure of a member is an item')
    work.placed.push({ disclosure, place: inside })
    opened.push(openValue(disclosure.value, inside, work))
  }
  return opened
}

/** The digest that stands for an item (RFC 9901 section 4.2.4.2); `undefined` if it is an item itself. */
function itemDigest(item: JsonObject): string | undefined {
  const digest = item['...']
  if (digest === undefined) return undefined
  if (typeof digest === 'string' && Object.keys(item).length === 1) return digest
  throw malformed('an item has more than its digest')
}

function digestsOf(digests: Json | undefined): readonly string[] {
  if (digests === undefined) return []
  const list: readonly Json[] = Array.isArray(digests) ? digests : [null]
  return list.map((digest) => {
    if (typeof digest === 'string') return digest
    throw malformed('_sd: expected a list of digests')
  })
}

/** The disclosure of a digest, which no other place may have; `undefined` if it was not sent. */
function take(digest: string, { byDigest, met }: Work): Disclosure | undefined {
  if (met.has(digest)) throw refused('DISCLOSURE_REPEATED', 'a digest stands twice')
  met.add(digest)
  return byDigest.get(digest)
}

function malformed(reason: string) {
  return refused('DISCLOSURE_MALFORMED', reason)
}
