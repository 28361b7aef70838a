import type { Credential } from '../model/credential.ts'
import type { Format } from '../model/format.ts'
import type { Algorithm, PublicJwk } from '../model/jwk.ts'
import type { IssuerId, Seconds } from '../model/primitives.ts'

/** A credential that was read, not verified. What many credentials have in common may be frozen: copy it to change it. */
export interface DecodedCredential {
  format: Format
  /** Exactly what was given. */
  text: string
  algorithm: Algorithm
  /** Names the key that is said to have signed: a DID URL of `issuer`, or an https address of its host. */
  kid: string
  /** The bytes that `signature` is said to cover. */
  signingInput: Uint8Array
  /** What the digest is made of where that is `text`, and its bytes are at hand. */
  bytes?: Uint8Array
  /** Raw `r || s`, not checked in any way. */
  signature: Uint8Array
  issuer: IssuerId
  /** The VCDM 2.0 object, or the 1.1 one with its members renamed to those of 2.0. */
  credential: Credential
  /** `iat`: when it says that it was signed. */
  signedAt?: Seconds
  /** `nbf`: before when it must not be accepted. */
  notBefore?: Seconds
  /** `exp`: from when on the signature must not be accepted any more. */
  expiresAt?: Seconds
  /** The key that its holder must prove to have (`cnf`, RFC 7800), where it names one. */
  holderKey?: PublicJwk
}
