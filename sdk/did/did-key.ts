import type { DIDDocument } from 'did-resolver'
import { fromMultikey, toMultikey } from './multikey.ts'
import { Did } from '../model/primitives.ts'
import type { PublicJwk } from '../model/jwk.ts'

/**
 * The document of a did:key (did:key method 0.9): its one key, for both relationships.
 *
 * @returns `undefined` if the identifier holds no key that Livret verifies with.
 */
export function documentOfDidKey(did: string): DIDDocument | undefined {
  const multibase = did.slice('did:key:'.length)
  const publicKeyJwk = fromMultikey(multibase)
  if (publicKeyJwk === undefined) return undefined
  const id = `${did}#${multibase}`
  return {
    id: did,
    verificationMethod: [
      { id, type: 'JsonWebKey', controller: did, publicKeyJwk: { ...publicKeyJwk } },
    ],
    assertionMethod: [id],
    authentication: [id],
  }
}

/** The did:key of a public key. */
export function didKeyOf(jwk: PublicJwk): Did {
  return Did.parse(`did:key:${toMultikey(jwk)}`)
}
