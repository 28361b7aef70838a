import { importSigningKey, type PrivateJwk } from '#crypto'
import type { Algorithm } from '../model/jwk.ts'

/** Whoever holds a private key: this process, a key store, a wallet. */
export interface Signer {
  algorithm: Algorithm
  /** DID URL of the key: the issuer's or holder's DID, `#`, and its name in the document. */
  kid: string
  /** Raw `r || s` over `data`. */
  sign(data: Uint8Array): Promise<Uint8Array>
}

/**
 * A signer over a private key in memory.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` for anything but a private P-256, P-384, secp256k1 or Ed25519 key.
 */
export function createSigner(kid: string, privateJwk: PrivateJwk): Signer {
  const key = importSigningKey(privateJwk)
  return { algorithm: key.algorithm, kid, sign: async (data) => key.sign(data) }
}
