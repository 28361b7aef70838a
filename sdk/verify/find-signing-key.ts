import type { DecodedCredential } from '../formats/decode.ts'
import type { PublicJwk } from '../model/jwk.ts'
import type { Check } from '../model/report.ts'
import { checkSignature } from './checks/signature.ts'
import { findIssuerKey, type KeyFinding, type KeySources } from './find-issuer-key.ts'

/** The key that a signature was checked with, and what came of it. */
export interface SigningKey {
  readonly key: KeyFinding
  readonly signature: Check
}

/**
 * Finds the key that signed, and checks the signature with it: first the key that the receipt brings,
 * so that a dead or hostile DID host changes nothing; and if that is not the one, the key of the DID
 * document, so that a wrong key in a receipt changes nothing either. Whose key it is, the chain says.
 *
 * @param offered - The receipt's key; `undefined` if there is none, or no chain to judge it.
 */
export async function findSigningKey(
  decoded: DecodedCredential,
  offered: PublicJwk | undefined,
  sources: KeySources,
): Promise<SigningKey> {
  const { issuer, kid } = decoded
  const ownKey = () => findIssuerKey({ issuer, kid, offered: undefined, sources })
  const key =
    offered === undefined ? await ownKey() : await findIssuerKey({ issuer, kid, offered, sources })
  const signature = await checkSignature(decoded, key)
  if (offered === undefined || signature.status === 'passed') return { key, signature }
  const listed = await ownKey()
  const second = await checkSignature(decoded, listed)
  return second.status === 'passed' ? { key: listed, signature: second } : { key, signature }
}
