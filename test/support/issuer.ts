import { generateKey, type KeyPair, type SigningAlgorithm } from '../../sdk/crypto/node.ts'
import { didJwkOf } from '../../sdk/did/did-jwk.ts'
import { createSigner, type Signer } from '../../sdk/formats/signer.ts'
import { toBase64url } from '../../sdk/lib/base64url.ts'
import { utf8 } from '../../sdk/lib/bytes.ts'
import type { CredentialDocument } from '../../sdk/model/credential.ts'
import type { Did } from '../../sdk/model/primitives.ts'

/** Somebody with a DID and its key: an issuer or a holder. */
export interface Party extends KeyPair {
  did: Did
  signer: Signer
}

/** A new party whose DID is its key. */
export function newParty(algorithm: SigningAlgorithm = 'ES256'): Party {
  const keys = generateKey(algorithm)
  const did = didJwkOf(keys.publicJwk)
  return { ...keys, did, signer: createSigner(`${did}#0`, keys.privateJwk) }
}

/** The smallest credential that `issuer` could sign. */
export function plainCredential(issuer: Did, change: object = {}): CredentialDocument {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer,
    validFrom: '2026-01-15T00:00:00Z',
    credentialSubject: { id: 'did:example:ada' },
    ...change,
  }
}

/** A token that says whatever the test wants, signed or not. Text is taken as JSON, as it is. */
export async function forge(
  header: object | string,
  payload: object | string,
  signer?: Signer,
): Promise<string> {
  const input = [header, payload]
    .map((part) => toBase64url(utf8(typeof part === 'string' ? part : JSON.stringify(part))))
    .join('.')
  const signature = signer === undefined ? new Uint8Array(64) : await signer.sign(utf8(input))
  return `${input}.${toBase64url(signature)}`
}

/** The stable code of what `act` throws. */
export function codeOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    const { code, facts } = error as { code: string; facts: { code?: string } }
    return facts.code ?? code
  }
  return 'nothing thrown'
}
