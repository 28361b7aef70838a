/**
 * `@digitalbazaar/vc` with `eddsa-rdfc-2022`: another's implementation, to compare ours with.
 *
 * @module
 */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as multikey from '@digitalbazaar/ed25519-multikey'
import * as vc from '@digitalbazaar/vc'
import { base58 } from '@scure/base'
import { didKeyOf } from '../../sdk/did/did-key.ts'
import { bundledContexts } from '../../sdk/formats/json-ld/bundled-contexts.ts'
import { generateKey, type KeyPair } from '../../sdk/crypto/node.ts'
import { createSigner, type Signer } from '../../sdk/formats/signer.ts'
import type { Did } from '../../sdk/model/primitives.ts'

/** Somebody whose DID is an Ed25519 key. */
interface KeyParty extends KeyPair {
  did: Did
  kid: string
  signer: Signer
}

export function newKeyParty(): KeyParty {
  const keys = generateKey('EdDSA')
  const did = didKeyOf(keys.publicJwk)
  const kid = `${did}#${did.slice('did:key:'.length)}`
  return { ...keys, did, kid, signer: createSigner(kid, keys.privateJwk) }
}

interface Verified {
  verified: boolean
}

/** What it says of an `ldp_vc`. */
export function verifiesCredential(text: string): Promise<Verified> {
  const suite = new DataIntegrityProof({ cryptosuite })
  return vc.verifyCredential({ credential: JSON.parse(text), suite, documentLoader, checkStatus })
}

/** What it says of an `ldp_vp` and the credentials in it. */
export function verifiesPresentation(
  text: string,
  challenge: string,
  domain: string,
): Promise<Verified> {
  const suite = new DataIntegrityProof({ cryptosuite })
  const presentation: unknown = JSON.parse(text)
  return vc.verify({ presentation, suite, documentLoader, checkStatus, challenge, domain })
}

/** Status is not what it is asked about. */
const checkStatus = () => Promise.resolve({ verified: true })

/** A credential that it signs. */
export async function issuesCredential(credential: object, party: KeyParty): Promise<string> {
  const suite = await signingSuite(party)
  return JSON.stringify(await vc.issue({ credential, suite, documentLoader }))
}

/** A presentation that it signs. */
export async function signsPresentation(
  presentation: object,
  party: KeyParty,
  request: { challenge: string; domain: string },
): Promise<string> {
  const suite = await signingSuite(party)
  return JSON.stringify(
    await vc.signPresentation({ presentation, suite, documentLoader, ...request }),
  )
}

async function signingSuite({ did, kid, privateJwk }: KeyParty): Promise<object> {
  const secret = Buffer.from(privateJwk.d, 'base64url')
  const point = Buffer.from(privateJwk.x, 'base64url')
  const secretKeyMultibase = `z${base58.encode(Buffer.concat([Buffer.of(0x80, 0x26), secret, point]))}`
  const publicKeyMultibase = did.slice('did:key:'.length)
  const key = await multikey.from({
    '@context': 'https://w3id.org/security/multikey/v1',
    ...{ id: kid, type: 'Multikey', controller: did, publicKeyMultibase, secretKeyMultibase },
  })
  return new DataIntegrityProof({ cryptosuite, signer: key.signer(), date: '2026-02-01T00:00:00Z' })
}

/** Contexts that we bring along, did:key documents, and what it brings along itself. */
async function documentLoader(url: string): Promise<unknown> {
  const [did = '', fragment] = url.split('#')
  const context = (await bundledContexts()).get(url)
  if (context !== undefined) return loaded(url, context)
  if (!did.startsWith('did:key:')) return vc.defaultDocumentLoader(url)
  const publicKeyMultibase = did.slice('did:key:'.length)
  const id = `${did}#${publicKeyMultibase}`
  const key = { id, type: 'Multikey', controller: did, publicKeyMultibase }
  if (fragment !== undefined) {
    return loaded(url, { '@context': 'https://w3id.org/security/multikey/v1', ...key })
  }
  const uses = { assertionMethod: [id], authentication: [id] }
  return loaded(url, { '@context': 'https://w3id.org/security/v2', id: did, ...uses })
}

function loaded(documentUrl: string, document: unknown) {
  return { contextUrl: null, documentUrl, document }
}
