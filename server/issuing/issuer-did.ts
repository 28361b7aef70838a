import { Did, jwkThumbprintBase64url, type PublicJwk } from '#sdk'

/**
 * The DID of an issuer on this server: `did:web:<host>:issuers:<slug>`, whose document is served at
 * `<base URL>/issuers/<slug>/did.json` (did:web, Method-Specific Identifier).
 */
export function issuerDid(baseUrl: string, slug: string): Did {
  const { host, pathname } = new URL(baseUrl)
  const path = pathname.split('/').filter((part) => part !== '')
  const parts = [host, ...path, 'issuers', slug].map(encodeURIComponent)
  return Did.parse(`did:web:${parts.join(':')}`)
}

/** Names a key in its issuer's document: by thumbprint, so that the name says which key it is. */
export function keyId(did: Did, publicJwk: PublicJwk): string {
  return `${did}#${jwkThumbprintBase64url(publicJwk)}`
}

/** The same key under a name whose method wallets of VCDM 1.1 can read: `JsonWebKey2020`. */
export function olderKeyId(kid: string): string {
  return `${kid}-2020`
}
