/**
 * A chain's nodes, as far as sending and finding transactions needs them.
 *
 * @module
 */
import {
  checkCreation,
  Hash,
  isRegistryError,
  RegistryError,
  RpcRefusal,
  type Ask,
  type ChainPin,
} from '#sdk'
import { z } from 'zod'
import type { ChainClient, Fees } from '../context.ts'
import { asker } from './asker.ts'
import { readStatusEvents } from './status-events.ts'
import { encodeStatusCall, word } from './status-registry.ts'

const quantity = z.string().regex(/^0x[0-9a-f]+$/)
const number = quantity.transform(Number)
const amount = quantity.transform(BigInt)
const Header = z.object({ hash: Hash, baseFeePerGas: amount.default(0n) })
const Receipt = z.object({ blockNumber: number, blockHash: Hash, status: number })

/** Talks to the nodes through `ask`; never offers more than `maxFeePerGas` wei for a unit of gas. */
export function createChainClient(pin: ChainPin, ask: Ask, maxFeePerGas: bigint): ChainClient {
  const request = asker(ask)
  const call = (data: string, block: string, to = pin.statusRegistry.address) =>
    request('eth_call', [{ to, data }, block], word)

  function refusal(error: unknown): unknown {
    if (!isRegistryError(error) || !(error.cause instanceof RpcRefusal)) return error
    const facts = { chainId: pin.chainId, reason: error.cause.message }
    return new RegistryError('TRANSACTION_REFUSED', facts, { cause: error })
  }

  return {
    nonceOf: (account, since) =>
      request('eth_getTransactionCount', [account, 'latest'], number, since),

    messagesOf: async (registry, account) =>
      Number(await call(encodeStatusCall('nonces', [account]), 'latest', registry)),

    async fees(): Promise<Fees> {
      const [{ baseFeePerGas }, tip] = await Promise.all([
        request('eth_getBlockByNumber', ['latest', false], Header),
        request('eth_maxPriorityFeePerGas', [], amount),
      ])
      return {
        maxFeePerGas: least(2n * baseFeePerGas + tip, maxFeePerGas),
        maxPriorityFeePerGas: least(tip, maxFeePerGas),
      }
    },

    estimateGas: (transaction) =>
      request('eth_estimateGas', [transaction], amount).catch((error: unknown) => {
        throw refusal(error)
      }),

    broadcast: (raw) =>
      ask(async (endpoint) => {
        // A chain that was reset since it was checked has the same id: the bytes would be good there, too.
        await checkCreation(endpoint, pin)
        await endpoint.request('eth_sendRawTransaction', [raw]).catch((error: unknown) => {
          if (!isKnown(error)) throw error
        })
      }).catch((error: unknown) => {
        throw refusal(error)
      }),

    async receiptOf(hash, since) {
      const method = 'eth_getTransactionReceipt'
      const receipt = await request(method, [hash], Receipt.nullish(), since)
      if (!receipt) return undefined
      const { blockNumber, blockHash, status } = receipt
      return { blockNumber, blockHash, succeeded: status === 1 }
    },

    async blockHashOf(block) {
      const header = await request('eth_getBlockByNumber', [hex(block), false], Header.nullish())
      return header?.hash
    },

    statusEvents: (from, to) => readStatusEvents(request, pin.statusRegistry.address, from, to),

    isOperator: async (issuerId, operator, block) =>
      (await call(encodeStatusCall('isOperator', [issuerId, operator]), hex(block))) === 1n,
    suspensionsOf: (issuerId, list) =>
      call(encodeStatusCall('suspensionsOf', [issuerId, list]), 'latest'),
  }
}

/** What nodes say to bytes that they have, in the words of geth, reth, anvil and Hardhat. */
function isKnown(error: unknown): boolean {
  const refusal = isRegistryError(error) ? error.cause : undefined
  const words = /already (known|imported|exists)|known transaction|nonce (is )?too low/i
  return refusal instanceof RpcRefusal && words.test(refusal.message)
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}

function hex(block: number): string {
  return `0x${block.toString(16)}`
}
