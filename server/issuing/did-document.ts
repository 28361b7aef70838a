import { RegistryError, type Did, type DidResolver } from '#sdk'
import type { Context, Issuer, SigningKey } from '../context.ts'
import { keyId, olderKeyId } from './issuer-did.ts'

/**
 * An issuer's DID document (DID Core 1.0; JsonWebKey as in Controlled Identifiers 1.0). Retired keys stay: what they
 * signed while they were good stays good, and the chain says when that was.
 */
function didDocument({ did }: Pick<Issuer, 'did'>, keys: readonly SigningKey[]) {
  const verificationMethod = keys.flatMap(({ publicJwk }) => {
    const id = keyId(did, publicJwk)
    const method = { controller: did, publicKeyJwk: publicJwk }
    // VC-JOSE-COSE wants JsonWebKey, which did-jwt, Credo and other wallets do not know.
    return [
      { id, type: 'JsonWebKey', ...method },
      { id: olderKeyId(id), type: 'JsonWebKey2020', ...method },
    ]
  })
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/jwk/v1',
      'https://w3id.org/security/suites/jws-2020/v1',
    ],
    id: did,
    verificationMethod,
    assertionMethod: verificationMethod.map(({ id }) => id),
  }
}

/** The DID document of the issuer `slug`; throws ISSUER_UNKNOWN. */
export async function didDocumentOf({ store }: Pick<Context, 'store'>, slug: string) {
  const issuer = await store.issuers.bySlug(slug)
  if (issuer === undefined) throw new RegistryError('ISSUER_UNKNOWN', { issuer: slug })
  const { signing } = await store.issuers.keysOf(issuer.id)
  return didDocument(issuer, signing)
}

/** Resolves the DIDs of this server's issuers from its store, others by `resolver`. */
export function ownDidsFirst(
  { store }: Pick<Context, 'store'>,
  resolver: DidResolver,
): DidResolver {
  return {
    now: () => resolver.now(),
    async resolve(did: Did) {
      const issuer = did.startsWith('did:web:') ? await store.issuers.byDid(did) : undefined
      if (issuer === undefined) return resolver.resolve(did)
      const { signing } = await store.issuers.keysOf(issuer.id)
      return didDocument(issuer, signing)
    },
  }
}
