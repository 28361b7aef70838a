/**
 * What the use cases see of the world. Only `main.ts` knows what stands behind these interfaces.
 *
 * @module
 */
import type {
  Address,
  Algorithm,
  ChainPin,
  ChainSource,
  Did,
  Format,
  Hash,
  PublicJwk,
  Scope,
  Seconds,
  Signer,
  Verifier,
} from '#sdk'
import type { Config } from './config.ts'

/** Everything a use case may use; made once in `main.ts`. */
export interface Context {
  config: Config
  /** The only clock. */
  now: () => Date
  log: Log
  store: Store
  keys: Keys
  /** The configured chains; at least one. */
  chains: readonly Chain[]
  jobs: Jobs
  /** Verifies under the server's own policy: its chains. */
  verifier: Verifier
}

/** Structured log; facts never hold a person's data, a credential, a salt, or a key. */
export interface Log {
  info(event: string, facts?: Record<string, unknown>): void
  warn(event: string, facts?: Record<string, unknown>): void
  error(event: string, facts?: Record<string, unknown>): void
}

/** Background work. Asking for a job that waits already changes nothing. */
export interface Jobs {
  /** Reconciles one chain soon. */
  reconcileSoon(chainId: number): Promise<void>
  /** Closes the open batch soon, without waiting for its time or size. */
  closeBatchSoon(): Promise<void>
}

// ── Keys ────────────────────────────────────────────────────────────────────

/** A key that was just made: what is public, and the secret sealed for the store. */
export interface SealedKey {
  /** Row id, bound into the seal. */
  id: string
  sealed: Uint8Array
}

/** Makes, seals and uses secrets; none ever leaves it in plain text. */
export interface Keys {
  makeSigningKey(algorithm: Algorithm): Promise<SealedKey & { publicJwk: PublicJwk; thumbprint: Hash }>
  makeAccount(): Promise<SealedKey & { address: Address }>
  /** Opens a signing key. `kid` goes into the header. Opened keys are remembered. */
  signer(key: SealedKey & { algorithm: Algorithm; kid: string }): Promise<Signer>
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
export interface TransactionRequest {
  chainId: number
  to: Address
  data: `0x${string}`
  nonce: number
  gasLimit: bigint
  maxFeePerGas: bigint
  maxPriorityFeePerGas: bigint
}

// ── Chains ──────────────────────────────────────────────────────────────────

/** A configured chain: reading through the SDK's sources, writing by raw transactions. */
export interface Chain {
  pin: ChainPin
  /** As of the newest final block. */
  final: ChainSource
  /** As of the newest block: what need not be sent again. */
  latest: ChainSource
  /** Accounts' next nonces, fees, gas; sending and finding transactions. Throws CHAIN_UNREACHABLE, CHAIN_MISMATCH. */
  client: ChainClient
  /**
   * Makes what the chain holds durable, where that is this program's business (the embedded node);
   * awaited before anything read at a final block is believed.
   */
  settle(): Promise<void>
}

export interface ChainClient {
  nonceOf(account: Address): Promise<number>
  fees(): Promise<{ maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }>
  estimateGas(call: { from: Address; to: Address; data: `0x${string}` }): Promise<bigint>
  /** Hands signed bytes to the node; "already known" is success. */
  broadcast(raw: `0x${string}`): Promise<void>
  receiptOf(hash: Hash): Promise<{ blockNumber: number; blockHash: Hash; succeeded: boolean } | undefined>
  blockHashOf(number: number): Promise<Hash | undefined>
  /** Revocations and suspensions that happened in these blocks, both ends included. */
  statusEvents(from: number, to: number): Promise<readonly StatusEvent[]>
}

/** A word of a status map that changed on chain. */
export interface StatusEvent {
  kind: 'revoked' | 'suspended' | 'reinstated'
  issuerId: Hash
  list: bigint
  word: number
  /** Entry i of the word is bit `255 - i`. */
  mask: bigint
}

// ── Store ───────────────────────────────────────────────────────────────────

export interface Issuer {
  id: string
  slug: string
  did: Did
  name: string
  /** Open Badges 3.0 Profile without `id`. */
  profile: Record<string, unknown>
  createdAt: Date
}

export interface IssuerKey extends SealedKey {
  purpose: 'sign' | 'account'
  algorithm: string
  publicKey: Record<string, unknown>
  /** Thumbprint of a signing key, address of an account. */
  name: string
  createdAt: Date
  retiredAt: Date | undefined
}

/** What an issuer's account wants on a chain, with the account's own signature. */
export interface IssuerAction {
  id: string
  issuer: string
  chainId: number
  kind: 'register-key' | 'set-operator'
  target: string
  deadline: Seconds
  signature: `0x${string}`
}

export interface StatusIndex {
  list: number
  index: number
}

/** A credential as it is stored. */
export interface StoredCredential extends StatusIndex {
  locator: string
  issuer: string
  credentialId: string
  format: Format
  text: string
  digest: Uint8Array
  salt: Hash
  leaf: Hash
  key: Hash
  scopes: readonly Scope[]
  batch: number | undefined
  lapsed: string | undefined
  createdAt: Date
}

export type NewCredential = Omit<StoredCredential, 'batch' | 'lapsed' | 'createdAt'>

export type StatusPurpose = 'revocation' | 'suspension'

export interface StatusChange extends StatusIndex {
  id: number
  issuer: string
  purpose: StatusPurpose
  value: boolean
  origin: string
}

export interface StoredBatch {
  id: number
  root: Hash
  leafCount: number
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

export interface StoredTransaction {
  id: number
  chainId: number
  sender: Address
  nonce: number
  kind: string
  hash: Hash
  raw: `0x${string}`
  state: 'prepared' | 'mined' | 'final' | 'superseded' | 'failed'
  blockNumber: number | undefined
  blockHash: Hash | undefined
  createdAt: Date
}

/** The store. Every method is one transaction: done whole, durably, or not at all. */
export interface Store {
  issuers: {
    /** Adds an issuer with its keys and actions; throws ISSUER_EXISTS if slug or DID is taken. */
    create(issuer: Omit<Issuer, 'createdAt'>, keys: readonly Omit<IssuerKey, 'createdAt' | 'retiredAt'>[], actions: readonly IssuerAction[]): Promise<Issuer>
    list(): Promise<readonly Issuer[]>
    bySlug(slug: string): Promise<Issuer | undefined>
    byDid(did: string): Promise<Issuer | undefined>
    byId(id: string): Promise<Issuer | undefined>
    keysOf(issuer: string): Promise<readonly IssuerKey[]>
    /** Actions that the chain does not show as final yet. */
    openActions(chainId: number): Promise<readonly (IssuerAction & { did: Did; account: Address })[]>
    actionFinal(id: string): Promise<void>
  }
  operator: {
    /** The operator's sealed account; `make` is called once in the life of the store. */
    get(make: () => Promise<SealedKey & { address: Address }>): Promise<SealedKey & { address: Address }>
  }
  statusIndexes: {
    /** Hands out `count` entries that nobody had before, in the list's secret order; opens lists as needed. */
    allocate(issuer: string, count: number): Promise<readonly StatusIndex[]>
  }
  credentials: {
    /** Stores credentials; throws CREDENTIAL_EXISTS (none stored) if one's issuer, id and format are taken. Concurrent calls share a commit. */
    add(credentials: readonly NewCredential[]): Promise<void>
    byLocator(locator: string): Promise<StoredCredential | undefined>
    /** Every format of one award. */
    byCredentialId(credentialId: string): Promise<readonly StoredCredential[]>
    byDigest(digest: Uint8Array): Promise<StoredCredential | undefined>
    inBatch(batch: number): Promise<readonly Pick<StoredCredential, 'locator' | 'issuer' | 'key' | 'scopes'>[]>
    markLapsed(locators: readonly string[], reason: string): Promise<void>
    waiting(): Promise<{ count: number; oldest: Date | undefined }>
  }
  batches: {
    /**
     * Moves up to `size` waiting credentials, oldest first, into a new batch with one anchor for
     * each chain; `build` makes the tree of their leaves. Answers undefined if none waits.
     * Never puts a credential in two batches, however many processes call it.
     */
    close(size: number, chainIds: readonly number[], build: (leaves: readonly Hash[]) => Promise<Omit<StoredBatch, 'id' | 'closedAt'>>): Promise<StoredBatch | undefined>
    byId(id: number): Promise<StoredBatch | undefined>
  }
  anchors: {
    of(batch: number): Promise<readonly StoredAnchor[]>
    /** Those that are not final, oldest batch first. */
    open(chainId: number): Promise<readonly StoredAnchor[]>
    set(batch: number, chainId: number, state: StoredAnchor['state'], anchoredAt?: Seconds): Promise<void>
    /** Adds the anchors that batches lack on a chain (a chain that was configured later). */
    fill(chainId: number): Promise<number>
  }
  statuses: {
    /** Records wishes, to be done on the given chains. */
    request(changes: readonly Omit<StatusChange, 'id'>[], chainIds: readonly number[]): Promise<void>
    /** What should be, by the newest wish of each purpose; false where nobody ever wished. */
    wanted(issuer: string, entry: StatusIndex): Promise<Record<StatusPurpose, boolean>>
    /** Entries whose change the chain does not show as final yet, as they should be now. */
    pending(chainId: number): Promise<readonly (StatusChange & { did: Did })[]>
    done(chainId: number, changes: readonly number[]): Promise<void>
  }
  transactions: {
    /** Writes a signed transaction down before it is broadcast. */
    prepare(transaction: Omit<StoredTransaction, 'id' | 'state' | 'blockNumber' | 'blockHash' | 'createdAt'>): Promise<StoredTransaction>
    /** Prepared or mined ones, by nonce. */
    open(chainId: number): Promise<readonly StoredTransaction[]>
    set(id: number, state: StoredTransaction['state'], block?: { number: number; hash: Hash }): Promise<void>
  }
  chains: {
    /** Remembers a chain at first sight; throws CHAIN_CHANGED if it is not the one it was. */
    recognise(pin: ChainPin): Promise<void>
    importedBlock(chainId: number): Promise<number>
    /** Stores negative facts that were found on a chain together with how far it has been read. */
    imported(chainId: number, block: number, changes: readonly Omit<StatusChange, 'id'>[]): Promise<void>
  }
  /** Runs `work` while no other process runs work of the same name; answers undefined at once if one does. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined>
  /** Answers if the database does. */
  ping(): Promise<void>
  close(): Promise<void>
}
