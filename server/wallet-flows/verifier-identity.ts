/**
 * Who asks holders: this server, by two names over one key. Its DID (`decentralized_identifier:`), and
 * the hash of a certificate over the same key (`x509_hash:`), which holds nothing but the key.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { createSigner, Did, type Signer } from '#sdk'
import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { keyId } from '../issuing/issuer-did.ts'
import { derivedKey } from './derived-key.ts'
import { selfSigned } from './self-signed.ts'

type Needs = Pick<Context, 'config'>

/** How a verifier may name itself (OpenID4VP 1.0 section 5.9.3). */
export const ClientIdPrefix = z.enum(['decentralized_identifier', 'x509_hash'])
export type ClientIdPrefix = z.infer<typeof ClientIdPrefix>

/** Path of the verifier's DID document and of its endpoints. */
export const verifierPath = '/verifier'

/** A key and a name to sign requests with. */
export interface VerifierIdentity {
  clientId: string
  signer: Signer
  /** The certificate, base64 of DER, where the name is its hash. */
  x5c?: string[]
}

/** The verifier's DID: `did:web:<host>:verifier`. */
function verifierDid({ config }: Needs): Did {
  const { host, pathname } = new URL(config.baseUrl)
  const path = pathname.split('/').filter((part) => part !== '')
  const parts = [host, ...path, verifierPath.slice(1)].map(encodeURIComponent)
  return Did.parse(`did:web:${parts.join(':')}`)
}

/** The verifier under one of its names. */
export function verifierIdentity(context: Needs, prefix: ClientIdPrefix): VerifierIdentity {
  const { privateJwk, publicJwk, did } = verifierKey(context)
  const signer = createSigner(keyId(did, publicJwk), privateJwk)
  if (prefix === 'decentralized_identifier') return { clientId: `${prefix}:${did}`, signer }
  const certificate = selfSigned(privateJwk)
  const hash = createHash('sha256').update(certificate).digest('base64url')
  return { clientId: `${prefix}:${hash}`, signer, x5c: [certificate.toString('base64')] }
}

/** The verifier's DID document; its key as wallets know it. */
export function verifierDocument(context: Needs) {
  const { publicJwk, did } = verifierKey(context)
  const id = keyId(did, publicJwk)
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
    id: did,
    verificationMethod: [{ id, type: 'JsonWebKey2020', controller: did, publicKeyJwk: publicJwk }],
    authentication: [id],
    assertionMethod: [id],
  }
}

function verifierKey(context: Needs) {
  return { ...derivedKey(context, 'openid4vp-requests'), did: verifierDid(context) }
}
