import type { Algorithm, PublicJwk } from '../../model/jwk.ts'
import type { Did, Seconds } from '../../model/primitives.ts'

/**
 * How a presentation is secured: VC-JOSE-COSE, the JWT of VCDM 1.1, an embedded Data Integrity proof, or
 * an SD-JWT with key binding
 * (RFC 9901 section 4.3).
 */
export type PresentationFormat = 'vp+jwt' | 'jwt_vp_json' | 'dc+sd-jwt' | 'ldp_vp'

/** A presentation that was read, not verified. */
export interface DecodedPresentation {
  format: PresentationFormat
  text: string
  algorithm: Algorithm
  /** The DID URL of the key that is said to have signed; its DID is `holder`. */
  kid: string
  signingInput: Uint8Array
  signature: Uint8Array
  holder: Did
  /** The credentials inside, in their order, for `decodeCredential`. */
  credentials: readonly string[]
  /** `nonce`. */
  challenge?: string
  /** `aud`; none if it is for nobody in particular. */
  domains: readonly string[]
  signedAt?: Seconds
  /** `nbf`. */
  notBefore?: Seconds
  expiresAt?: Seconds
  /** The key that the credential itself is bound to (`cnf`), where no DID document is asked for it. */
  holderKey?: PublicJwk
}
