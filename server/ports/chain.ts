/**
 * A configured chain as the use cases see it.
 *
 * @module
 */
import type { Address, Ask, BlockRef, ChainPin, ChainSource, Hash, Signer } from '#sdk'

/** A configured chain: reading through the SDK's sources, writing by raw transactions. */
export interface Chain {
  pin: ChainPin
  /** As of the newest final block. */
  final: ChainSource
  /**
   * The same, but up to two seconds old: for what everybody may ask, as often as they like. Never older
   * than what `final` showed in this process.
   */
  recent: ChainSource
  /** Asks its nodes, for proofs. Throws CHAIN_UNREACHABLE, CHAIN_MISMATCH. */
  ask: Ask
  /** Vouches for final blocks; none where nobody gave this server a key that verifiers trust. */
  checkpointer?: Signer
  /** As of the newest block: what need not be sent again. */
  latest: ChainSource
  /** Accounts' next nonces, fees, gas; sending and finding transactions. Throws CHAIN_UNREACHABLE, CHAIN_MISMATCH. */
  client: ChainClient
  /**
   * Makes what the chain holds durable, where that is this program's business (the embedded node);
   * awaited before anything read at a final block is believed.
   */
  settle(): Promise<void>
  limits: ChainLimits
}

/** How patient and how generous the server is with a chain. */
export interface ChainLimits {
  /** The most that is ever offered for a unit of gas, in wei. */
  maxFeePerGas: bigint
  /** After how many seconds a transaction that is not mined is sent again with a higher fee. */
  stuckSeconds: number
  /** How many seconds to wait before looking again at what is not final yet. */
  pollSeconds: number
}

/** What a unit of gas costs, in wei. */
export interface Fees {
  maxFeePerGas: bigint
  maxPriorityFeePerGas: bigint
}

/**
 * Every method throws CHAIN_UNREACHABLE or CHAIN_MISMATCH if the chain cannot be had. Where a block is given as
 * `since`, a node that lacks it counts as one that does not answer.
 */
export interface ChainClient {
  /** The next nonce as of the newest block: transactions that wait in the node do not count. */
  nonceOf(account: Address, since?: BlockRef): Promise<number>
  /** How many EIP-712 messages of an account a registry has taken: the nonce of the next one. */
  messagesOf(registry: Address, account: Address): Promise<number>
  /** What gets a transaction into one of the next blocks. */
  fees(): Promise<Fees>
  /** Throws TRANSACTION_REFUSED with the contract's reason if the call would fail. */
  estimateGas(call: { from: Address; to: Address; data: `0x${string}` }): Promise<bigint>
  /** Hands signed bytes to the node; "already known" is success. Throws TRANSACTION_REFUSED. */
  broadcast(raw: `0x${string}`): Promise<void>
  receiptOf(
    hash: Hash,
    since?: BlockRef,
  ): Promise<{ blockNumber: number; blockHash: Hash; succeeded: boolean } | undefined>
  blockHashOf(number: number): Promise<Hash | undefined>
  /** Revocations and suspensions that happened in the blocks from `from` to `to`, in order. */
  statusEvents(from: number, to: BlockRef): Promise<readonly StatusEvent[]>
  /** Whether the issuer's account lets `operator` change statuses, as of a block. */
  isOperator(issuerId: Hash, operator: Address, block: number): Promise<boolean>
  /** How often suspensions of a list have changed, as of the newest block. */
  suspensionsOf(issuerId: Hash, list: number): Promise<bigint>
}

/** A word of a status map that changed on chain. */
export interface StatusEvent {
  kind: 'revoked' | 'suspended' | 'reinstated'
  issuerId: Hash
  list: number
  word: number
  /** Entry i of the word is bit `255 - i`. */
  mask: bigint
  /** Hash of the transaction that changed it. */
  transaction: Hash
}
