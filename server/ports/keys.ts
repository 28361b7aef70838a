/**
 * Secrets as the use cases see them: made, sealed and used, never shown.
 *
 * @module
 */
import type { Address, Algorithm, Hash, PublicJwk, Signer, SigningAlgorithm } from '#sdk'

/** A key that was just made: what is public, and the secret sealed for the store. */
export interface SealedKey {
  /** Row id, bound into the seal. */
  id: string
  sealed: Uint8Array
}

/** Makes, seals and uses secrets; none ever leaves it in plain text. */
export interface Keys {
  makeSigningKey(
    algorithm: SigningAlgorithm,
  ): Promise<SealedKey & { algorithm: Algorithm; publicJwk: PublicJwk; thumbprint: Hash }>
  makeAccount(): Promise<SealedKey & { address: Address }>
  /** Opens a signing key; `kid` goes into the header. Opened keys are remembered. Throws KEY_SEALED. */
  signer(key: SealedKey, kid: string): Promise<Signer>
  /** Opens an account's key, likewise. Throws KEY_SEALED. */
  account(key: SealedKey): Promise<AccountSigner>
}

/** An account's key: signs transactions and EIP-712 messages. */
export interface AccountSigner {
  address: Address
  /** Signs an EIP-1559 transaction; returns its bytes and hash. */
  signTransaction(transaction: TransactionRequest): Promise<{ raw: `0x${string}`; hash: Hash }>
  signTypedData(
    domain: Record<string, unknown>,
    types: Record<string, { name: string; type: string }[]>,
    message: Record<string, unknown>,
  ): Promise<`0x${string}`>
}

/** What a transaction says; amounts in wei. */
interface TransactionRequest {
  chainId: number
  /** Left out: makes a contract. */
  to?: Address
  data: `0x${string}`
  nonce: number
  gasLimit: bigint
  maxFeePerGas: bigint
  maxPriorityFeePerGas: bigint
}
