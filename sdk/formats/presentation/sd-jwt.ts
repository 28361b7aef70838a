import { didJwkOf } from '../../did/did-jwk.ts'
import { Did } from '../../model/primitives.ts'
import { refused } from '../refusal.ts'
import { credentialOf, openSdJwt } from '../sd-jwt/decode.ts'
import { readKeyBinding } from '../sd-jwt/key-binding.ts'
import type { DecodedPresentation } from './decoded.ts'

/**
 * Reads an SD-JWT VC with key binding (RFC 9901 section 7.3). Its holder is the subject, as the issuer
 * says who has the key of `cnf`.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with the codes of `decodeSdJwtVc` and `readKeyBinding`;
 *   `FORMAT_UNKNOWN` if there is no key binding.
 */
export function decodeSdJwtPresentation(text: string): DecodedPresentation {
  const opened = openSdJwt(text)
  const { parts, jws } = opened
  if (parts.keyBinding === undefined) {
    throw refused('FORMAT_UNKNOWN', 'a credential (SD-JWT without key binding), not a presentation')
  }
  const { credential, ...decoded } = credentialOf(opened)
  const binding = readKeyBinding(parts, decoded.holderKey, jws.payload['_sd_alg'])
  const { algorithm, signingInput, signature, holderKey } = binding
  const named = Did.safeParse(credential.credentialSubject[0]?.id)
  const holder = named.success ? named.data : didJwkOf(holderKey)
  return {
    format: 'dc+sd-jwt',
    text: text.trim(),
    algorithm,
    kid: `${didJwkOf(holderKey)}#0`,
    signingInput,
    signature,
    holder,
    holderKey,
    credentials: [decoded.text],
    challenge: binding.nonce,
    domains: [binding.audience],
    signedAt: binding.signedAt,
    expiresAt: binding.expiresAt,
  }
}
