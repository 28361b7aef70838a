/**
 * Issuers for tests: their keys, and the host that serves their DID documents.
 *
 * @module
 */
import { issuerIdOf } from '../../sdk/chain/issuer-id.ts'
import { generateKey, type KeyPair, type SigningAlgorithm } from '../../sdk/crypto/node.ts'
import { jwkThumbprint } from '../../sdk/crypto/thumbprint.ts'
import { createSigner, type Signer } from '../../sdk/formats/signer.ts'
import { Did, type Hash } from '../../sdk/model/primitives.ts'

/** An issuer with its key, as its DID document and the chains know it. */
export interface College extends KeyPair {
  did: Did
  slug: string
  issuerId: Hash
  thumbprint: Hash
  signer: Signer
  /** Which of the chain's accounts speaks for it. */
  account: 'issuer' | 'stranger' | 'accreditor'
}

/** Makes an issuer; its DID document is not served yet. */
export function newCollege(
  slug: string,
  account: College['account'],
  algorithm: SigningAlgorithm = 'ES256',
): College {
  const did = Did.parse(`did:web:livret.example:issuers:${slug}`)
  const keys = generateKey(algorithm)
  return {
    ...keys,
    did,
    slug,
    account,
    issuerId: issuerIdOf(did),
    thumbprint: jwkThumbprint(keys.publicJwk),
    signer: createSigner(`${did}#key-1`, keys.privateJwk),
  }
}

/** A web that holds DID documents and nothing else; whatever is not there is a dead host. */
export function startDidHost() {
  const documents = new Map<string, unknown>()
  const get: typeof fetch = (url) => {
    const document = documents.get(url instanceof Request ? url.url : String(url))
    return document === undefined
      ? Promise.reject(new Error('the host is down'))
      : Promise.resolve(Response.json(document))
  }
  return {
    /** By their addresses. */
    documents,
    fetch: get,
    /** Serves a DID document with one key. */
    publish({ did, publicJwk }: { did: Did; publicJwk: object }): void {
      const id = `${did}#key-1`
      const url = `https://${did.slice('did:web:'.length).replaceAll(':', '/')}/did.json`
      documents.set(url, {
        id: did,
        verificationMethod: [{ id, type: 'JsonWebKey', controller: did, publicKeyJwk: publicJwk }],
        assertionMethod: [id],
      })
    },
  }
}
