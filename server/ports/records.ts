/**
 * What the store keeps, as the use cases see it.
 *
 * @module
 */
import type {
  Address,
  Algorithm,
  Did,
  Format,
  Hash,
  PublicJwk,
  Scope,
  Seconds,
  StatusPurpose,
} from '#sdk'
import type { SealedKey } from './keys.ts'

/** A legal entity that issues here. */
export interface Issuer {
  id: string
  /** Last part of the DID and of the URLs. */
  slug: string
  did: Did
  name: string
  /** Open Badges 3.0 Profile; its `id` is the DID. */
  profile: Record<string, unknown>
  createdAt: Date
}

interface KeyTimes {
  createdAt: Date
  /** From when on it is no longer used; undefined while it is. */
  retiredAt: Date | undefined
}

/** A key that signs credentials. */
export interface SigningKey extends SealedKey, KeyTimes {
  algorithm: Algorithm
  publicJwk: PublicJwk
  thumbprint: Hash
}

/** A key that speaks for the issuer on chain. */
export interface AccountKey extends SealedKey, KeyTimes {
  address: Address
}

export interface IssuerKeys {
  /** Oldest first; the last one that is not retired signs. */
  signing: readonly SigningKey[]
  account: AccountKey
}

/** What an issuer's account wants on a chain, with the account's own EIP-712 signature. */
export interface IssuerAction {
  id: string
  issuer: string
  chainId: number
  kind: 'register-key' | 'set-operator'
  /** Thumbprint of the key, or address of the operator. */
  target: string
  /** Which of the account's messages to the registry this is, counted from 0. */
  nonce: number
  /** Last second in which the signature is good. */
  deadline: Seconds
  signature: `0x${string}`
}

/** A place in an issuer's status list. */
export interface StatusIndex {
  list: number
  index: number
}

/** A credential as it is stored. */
export interface StoredCredential extends StatusIndex {
  /** 32 random bytes, base64url: the unguessable part of the receipt's link. */
  locator: string
  issuer: string
  credentialId: string
  format: Format
  /** Counts those of one award and format that are bound to different keys, from 0. */
  copy: number
  /** The signed text, as it was handed out. */
  text: string
  digest: Uint8Array
  salt: Hash
  leaf: Hash
  /** Thumbprint of the signing key. */
  key: Hash
  /** What its issuer must be accredited for. */
  scopes: readonly Scope[]
  batch: number | undefined
  /** Why it was anchored too late to count, if it was so on every chain. */
  lapsed: string | undefined
  /** Chains on which it was anchored too late to count. */
  lapsedOn: readonly number[]
  createdAt: Date
}

export type NewCredential = Omit<
  StoredCredential,
  'copy' | 'batch' | 'lapsed' | 'lapsedOn' | 'createdAt'
> & { copy?: number }

/** A wish to change a status. */
export interface StatusChange extends StatusIndex {
  id: number
  issuer: string
  purpose: StatusPurpose
  /** What should be; a revocation is never undone. */
  value: boolean
  /** `api`, or `chain:<id>` for a negative fact found on a chain that nobody here asked for. */
  origin: string
}

export interface StoredBatch {
  id: number
  root: Hash
  leafCount: number
  /** The serialised tree, decoys included. */
  tree: Uint8Array
  closedAt: Date
}

export interface StoredAnchor {
  batch: number
  chainId: number
  root: Hash
  leafCount: number
  state: 'unsent' | 'anchored' | 'final'
  anchoredAt: Seconds | undefined
}

/** What is not final on a chain yet, and since when the oldest of it waits. */
export interface ChainBacklog {
  roots: { open: number; since: Date | undefined }
  transactions: { open: number; since: Date | undefined }
  /** With those that a newer wish replaced. */
  statuses: { open: number }
  /** The last block up to which negative facts were imported; 0 for none. */
  importedBlock: number
}

/** A transaction, written before it is broadcast. */
export interface StoredTransaction {
  id: number
  chainId: number
  sender: Address
  nonce: number
  /** What it does, for people: `status`, `issuer-actions`, `roots`. */
  kind: string
  hash: Hash
  raw: `0x${string}`
  state: 'prepared' | 'mined' | 'final' | 'superseded' | 'failed'
  blockNumber: number | undefined
  blockHash: Hash | undefined
  createdAt: Date
}
