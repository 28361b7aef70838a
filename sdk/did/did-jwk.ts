import type { DIDDocument } from 'did-resolver'
import { fromBase64url, toBase64url } from '../lib/base64url.ts'
import { utf8 } from '../lib/bytes.ts'
import { readJsonBytes } from '../lib/json.ts'
import { PublicJwk } from '../model/jwk.ts'
import { Did } from '../model/primitives.ts'

/**
 * The document of a did:jwk: its one key, `#0`.
 *
 * @returns `undefined` if the identifier is not strict base64url of a strict JSON public key, holds
 *   private members, or is for encryption (`use: enc`).
 */
export function documentOfDidJwk(did: string): DIDDocument | undefined {
  const bytes = fromBase64url(did.slice('did:jwk:'.length))
  if (bytes === undefined) return undefined
  const jwk = PublicJwk.safeParse(readJsonBytes(bytes).value)
  if (!jwk.success || jwk.data['use'] === 'enc') return undefined
  const id = `${did}#0`
  return {
    id: did,
    verificationMethod: [
      { id, type: 'JsonWebKey', controller: did, publicKeyJwk: { ...jwk.data } },
    ],
    assertionMethod: [id],
    authentication: [id],
  }
}

/** The did:jwk of a public key: its required members only, in lexicographic order. */
export function didJwkOf(jwk: PublicJwk): Did {
  const { crv, kty, x } = jwk
  const members = jwk.kty === 'EC' ? { crv, kty, x, y: jwk.y } : { crv, kty, x }
  return Did.parse(`did:jwk:${toBase64url(utf8(JSON.stringify(members)))}`)
}
