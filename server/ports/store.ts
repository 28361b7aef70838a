/**
 * The store as the use cases see it. It is the desired state; the chains are reconciled to it.
 *
 * @module
 */
import type { Address, ChainPin, Did, Hash, Seconds, StatusPurpose } from '#sdk'
import type { FlowStore } from './flows.ts'
import type { SealedKey } from './keys.ts'
import type {
  AccountKey,
  ChainBacklog,
  Issuer,
  IssuerAction,
  IssuerKeys,
  NewCredential,
  SigningKey,
  StatusChange,
  StatusIndex,
  StoredAnchor,
  StoredBatch,
  StoredCredential,
  StoredTransaction,
} from './records.ts'

/** Every method is one transaction: done whole, durably, or not at all. */
export interface Store {
  issuers: IssuerStore
  operator: OperatorStore
  statusIndexes: StatusIndexStore
  credentials: CredentialStore
  batches: BatchStore
  anchors: AnchorStore
  statuses: StatusStore
  transactions: TransactionStore
  chains: ChainStore
  flows: FlowStore
  /**
   * Runs `work` while no other process runs work of the same name; answers undefined at once if one does.
   * `lost` is aborted, with STORE_UNREACHABLE as its reason, when that can no longer be promised: from then
   * on the work must change nothing.
   */
  exclusively<T>(name: string, work: (lost: AbortSignal) => Promise<T>): Promise<T | undefined>
  /** Answers if the database does; throws STORE_UNREACHABLE. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** A key that is to be stored; its times are the store's. */
type Fresh<K> = Omit<K, 'createdAt' | 'retiredAt'>

export interface IssuerStore {
  /** Adds an issuer with its keys and actions; throws ISSUER_EXISTS if slug or DID is taken. */
  create(
    issuer: Omit<Issuer, 'createdAt'>,
    keys: { signing: Fresh<SigningKey>; account: Fresh<AccountKey> },
    actions: readonly IssuerAction[],
  ): Promise<Issuer>
  list(): Promise<readonly Issuer[]>
  bySlug(slug: string): Promise<Issuer | undefined>
  byDid(did: Did): Promise<Issuer | undefined>
  byId(id: string): Promise<Issuer | undefined>
  /** Throws ISSUER_UNKNOWN for an id that is none. */
  keysOf(issuer: string): Promise<IssuerKeys>
  /** Every action that an issuer's account has signed for a chain, oldest first. */
  actionsOf(issuer: string, chainId: number): Promise<readonly IssuerAction[]>
  /** Adds actions; those that are there already stay as they are. */
  addActions(actions: readonly IssuerAction[]): Promise<void>
  /** Actions that the chain does not show as final yet. */
  openActions(chainId: number): Promise<readonly (IssuerAction & { did: Did; account: Address })[]>
  actionFinal(id: string): Promise<void>
  /** Puts a newer signature for the same wish in the place of the one before. */
  signedAgain(
    id: string,
    signed: Pick<IssuerAction, 'nonce' | 'deadline' | 'signature'>,
  ): Promise<void>
}

export interface OperatorStore {
  /** The operator's sealed account; one `make` in the life of the store is kept. */
  get(
    make: () => Promise<SealedKey & { address: Address }>,
  ): Promise<SealedKey & { address: Address }>
}

export interface StatusIndexStore {
  /**
   * Hands out `count` entries that nobody had before, in the list's secret order; opens lists as
   * needed. Entries are leased in blocks for each process: those left over when it ends stay unused.
   */
  allocate(issuer: string, count: number): Promise<readonly StatusIndex[]>
  /** Whether an issuer has such a list. */
  exists(issuer: string, list: number): Promise<boolean>
}

export interface CredentialStore {
  /**
   * Stores credentials, or none: throws CREDENTIAL_EXISTS if one's issuer, id and format are taken,
   * AWARD_REVOKED if another format of it is revoked. What is suspended in another format is suspended.
   * Concurrent calls share a commit.
   */
  add(credentials: readonly NewCredential[]): Promise<void>
  byLocator(locator: string): Promise<StoredCredential | undefined>
  /** Every format of one award, oldest first. */
  byCredentialId(credentialId: string): Promise<readonly StoredCredential[]>
  byDigest(digest: Uint8Array): Promise<StoredCredential | undefined>
  inBatch(
    batch: number,
  ): Promise<readonly Pick<StoredCredential, 'locator' | 'issuer' | 'key' | 'scopes'>[]>
  /**
   * Marks that credentials were anchored too late to count on a chain, and as lapsed those that were so
   * on every chain that their batch goes to. Answers how many have lapsed by that.
   */
  markLapsed(locators: readonly string[], chainId: number, reason: string): Promise<number>
  /** Those that are in no batch yet. */
  waiting(): Promise<{ count: number; oldest: Date | undefined }>
  /** The different issuers, keys and scopes of those that are in no batch yet. */
  waitingStandings(): Promise<readonly Pick<StoredCredential, 'issuer' | 'key' | 'scopes'>[]>
}

export interface BatchStore {
  /**
   * Moves up to `size` waiting credentials, oldest first, into a new batch with one anchor for
   * each chain; `build` makes the tree of their leaves. Answers undefined if none waits.
   * Never puts a credential in two batches, however many processes call it.
   */
  close(
    size: number,
    chainIds: readonly number[],
    build: (leaves: readonly Hash[]) => Promise<Omit<StoredBatch, 'id' | 'closedAt'>>,
  ): Promise<StoredBatch | undefined>
  byId(id: number): Promise<StoredBatch | undefined>
}

export interface AnchorStore {
  of(batch: number): Promise<readonly StoredAnchor[]>
  /** Those that are not final, oldest batch first. */
  open(chainId: number): Promise<readonly StoredAnchor[]>
  /** `anchoredAt` of an `unsent` anchor is forgotten. */
  set(
    batch: number,
    chainId: number,
    state: StoredAnchor['state'],
    anchoredAt?: Seconds,
  ): Promise<void>
  /** Adds the anchors that batches lack on a chain (a chain that was configured later). */
  fill(chainId: number): Promise<number>
}

export interface StatusStore {
  /** Records wishes, to be done on the given chains; a wish for what is wanted already changes nothing. */
  request(changes: readonly Omit<StatusChange, 'id'>[], chainIds: readonly number[]): Promise<void>
  /** Records a wish for every format of an award, as {@link request} does. */
  requestForAward(
    award: Pick<StoredCredential, 'issuer' | 'credentialId'>,
    wish: Pick<StatusChange, 'purpose' | 'value' | 'origin'>,
    chainIds: readonly number[],
  ): Promise<void>
  /** What should be, by the newest wish of each purpose; false where nobody ever wished. */
  wanted(issuer: string, entry: StatusIndex): Promise<Record<StatusPurpose, boolean>>
  /** The newest wish of each entry and purpose that the chain does not show as final yet, oldest first. */
  pending(chainId: number): Promise<readonly (StatusChange & { did: Did })[]>
  /** These wishes, and older ones for the same entries and purposes, are final on the chain. */
  done(chainId: number, changes: readonly number[]): Promise<void>
  /**
   * Adds the newest wish of each entry and purpose to what a chain has to show: one that was configured later
   * lacks them all, and one that was left out for a while may still show what was lifted since.
   */
  fill(chainId: number): Promise<number>
}

export interface TransactionStore {
  /** Writes a signed transaction down before it is broadcast. */
  prepare(
    transaction: Omit<
      StoredTransaction,
      'id' | 'state' | 'blockNumber' | 'blockHash' | 'createdAt'
    >,
  ): Promise<StoredTransaction>
  /** Prepared or mined ones, by nonce. */
  open(chainId: number): Promise<readonly StoredTransaction[]>
  /** Whether a transaction of this hash was ever prepared here. */
  isOwn(hash: Hash): Promise<boolean>
  /** Sets the state; without a block, none is remembered. */
  set(
    id: number,
    state: StoredTransaction['state'],
    block?: { number: number; hash: Hash },
  ): Promise<void>
}

export interface ChainStore {
  /** Remembers a chain at first sight; throws CHAIN_CHANGED if it is not the one it was. */
  recognise(pin: ChainPin): Promise<void>
  backlog(chainId: number): Promise<ChainBacklog>
  /** The last block up to which negative facts were imported; 0 for none. */
  importedBlock(chainId: number): Promise<number>
  /**
   * Stores negative facts that were found on a chain together with how far it has been read; what
   * is wanted already changes nothing. `chainIds`: where new ones are to be done, too.
   */
  imported(
    chainId: number,
    block: number,
    changes: readonly Omit<StatusChange, 'id'>[],
    chainIds?: readonly number[],
  ): Promise<void>
}
