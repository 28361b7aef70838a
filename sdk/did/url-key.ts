/**
 * The keys of issuers that have no DID but an https address, as Open Badges 3.0 knows them (section 8.2,
 * "Dereferencing the Public Key"): a JWK, a JWK Set or a controlled identifier document on their host.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { PublicJwk } from '../model/jwk.ts'
import type { IssuerUrl } from '../model/primitives.ts'
import { UrlDocument } from './document.ts'
import { keyInDocument } from './verification-key.ts'

/** Fetches the JSON object at an address. Rejects if there is none. */
export type FetchDocument = (url: string) => Promise<JsonObject>

/** A key on the host of an issuer. */
export interface UrlKey {
  readonly jwk: PublicJwk
  /**
   * Whether it is shown to be the issuer's own: it stands at its address, or below. A host may have many
   * tenants, so that standing on the same one shows nothing.
   */
  readonly isOwn: boolean
}

/**
 * Finds the key that a token of such an issuer names.
 *
 * @param kid - On the issuer's host; see `keyUrlOf`.
 * @param now - Milliseconds since 1970: keys may have expired.
 * @throws {@link RegistryError} `DID_INVALID` if there is no such key; whatever `fetchDocument` throws.
 */
export async function findUrlKey(
  fetchDocument: FetchDocument,
  issuer: IssuerUrl,
  kid: string,
  now: number,
): Promise<UrlKey> {
  const [address = ''] = kid.split('#', 1)
  const below = issuer.endsWith('/') ? issuer : `${issuer}/`
  // As it is asked for: `…/tenant/../other` stands at another tenant's.
  const { href } = new URL(address)
  const isOwn = href === issuer || href.startsWith(below)
  const fetched = await fetchDocument(address)
  const isMetadata = address === metadataAddress(issuer)
  // Metadata are those of the one whom they name; tenants of a host do not write there.
  if (isMetadata && fetched['issuer'] !== issuer) throw noKey(issuer)
  const document = isMetadata && isJsonObject(fetched['jwks']) ? fetched['jwks'] : fetched
  const { keys, kty } = document
  if (kty === undefined && !Array.isArray(keys)) {
    return { jwk: keyOfController(document, address, issuer, kid, now), isOwn }
  }
  const jwk = PublicJwk.safeParse(Array.isArray(keys) ? keyOfSet(keys, kid) : document)
  if (!jwk.success) throw noKey(issuer)
  return { jwk: jwk.data, isOwn: isOwn || isMetadata }
}

/**
 * Where the metadata of an issuer stand, with its keys: `/.well-known/jwt-vc-issuer` between host and path
 * (SD-JWT VC section 5).
 */
export function metadataAddress(issuer: string): string {
  const { origin, pathname } = new URL(issuer)
  return `${origin}/.well-known/jwt-vc-issuer${pathname === '/' ? '' : pathname}`
}

/** RFC 7517 section 5: by its `kid`, which is the whole address or the fragment of it. */
function keyOfSet(keys: readonly Json[], kid: string): Json | undefined {
  const [, fragment] = kid.split('#', 2)
  const named = keys.filter(
    (key) => isJsonObject(key) && (key['kid'] === kid || key['kid'] === fragment),
  )
  const found = fragment === undefined && keys.length === 1 ? keys : named
  // Two keys under one name are two answers to one question.
  return found.length === 1 ? found[0] : undefined
}

/** Controlled Identifiers 1.0 section 3.3. */
function keyOfController(
  document: JsonObject,
  address: string,
  controller: IssuerUrl,
  kid: string,
  now: number,
): PublicJwk {
  const parsed = UrlDocument.safeParse(document)
  if (!parsed.success || parsed.data.id !== address) throw noKey(controller)
  const query = { kid, controller, relationship: 'assertionMethod', now } as const
  return keyInDocument(parsed.data, query)
}

function noKey(did: string): RegistryError<'DID_INVALID'> {
  return new RegistryError('DID_INVALID', { did, reason: 'no such key at its address' })
}
