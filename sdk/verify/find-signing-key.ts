import type { DecodedCredential } from '../formats/decode.ts'
import type { PublicJwk } from '../model/jwk.ts'
import type { Check } from '../model/report.ts'
import { checkSignature } from './checks/signature.ts'
import {
  findIssuerKey,
  importOffered,
  type KeyFinding,
  type KeySources,
} from './find-issuer-key.ts'

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
export function findSigningKey(
  decoded: DecodedCredential,
  offered: PublicJwk | undefined,
  sources: KeySources,
): SigningKey | Promise<SigningKey> {
  if (offered === undefined) return findListed(decoded, undefined, sources)
  const key = importOffered(decoded.issuer, offered)
  const signature = checkSignature(decoded, key)
  // Node answers at once, and then so do we: nothing else is waited for (bench: verify).
  return signature instanceof Promise
    ? signature.then((each) => goOn({ key, signature: each }))
    : goOn({ key, signature })

  function goOn(first: SigningKey): SigningKey | Promise<SigningKey> {
    return first.signature.status === 'passed' ? first : findListed(decoded, first, sources)
  }
}

/** Tries the key that the issuer itself publishes; gives `first` back if that is not the one either. */
async function findListed(
  decoded: DecodedCredential,
  first: SigningKey | undefined,
  sources: KeySources,
): Promise<SigningKey> {
  const { issuer, kid } = decoded
  const key = await findIssuerKey({ issuer, kid, sources })
  const signature = await checkSignature(decoded, key)
  return signature.status === 'passed' || first === undefined ? { key, signature } : first
}
