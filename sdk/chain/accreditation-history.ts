/**
 * Which records were ever written for an account: the contract keeps them in a mapping, so only its events tell.
 * They tell names only; what a record says is read from the contract at the block in question.
 *
 * @module
 */
import * as z from 'zod/mini'
import { isRegistryError } from '../errors.ts'
import type { ChainPin } from '../model/policy.ts'
import { Hash, type Address } from '../model/primitives.ts'
import type { BlockRef } from '../model/report.ts'
import { addressOf, numberOf, splitWords, topicOf, wordOf } from './abi-words.ts'
import type { Ask } from './endpoints.ts'
import { readBlock } from './read-block.ts'
import type { RecordName } from './registry-calls.ts'
import { RpcRefusal, unreachable, wellFormed } from './rpc.ts'
import { rights, type Right } from './source.ts'

/** Finds the names of an account's records. Blocks that were searched once are not searched again. */
export interface AccreditationHistory {
  /** Names of all records for `subject` up to `block`; may hold some of later or vanished blocks, too. */
  namesOf(subject: Address, block: BlockRef): Promise<readonly RecordName[]>
  /** Forgets everything: for when a block that was searched has vanished. */
  forget(): void
}

/** For how many accounts names are kept. */
const accountLimit = 10_000
/** Nodes limit how many blocks one question may span; every node takes this many. */
const smallestSpan = 1_000

const accredited = topicOf('Accredited(address,bytes32,address,uint8,uint32,uint40)')
const Logs = z.array(z.object({ topics: z.array(Hash), data: z.string() }))

/** @param ask - Asks a node that was checked to serve the pinned chain. */
export function createAccreditationHistory(pin: ChainPin, ask: Ask): AccreditationHistory {
  const known = new Map<Address, { names: readonly RecordName[]; searchedTo: number }>()

  /** Searches the blocks in question, in as many questions as the node wants it to be. */
  async function search(
    subject: Address,
    first: number,
    block: BlockRef,
    last = block.number,
  ): Promise<readonly RecordName[]> {
    for (let span = last - first + 1; ; span = Math.ceil(span / 2)) {
      try {
        const found = await readNames(
          pin,
          ask,
          subject,
          first,
          Math.min(last, first + span - 1),
          block,
        )
        const starts = range(first + span, last, span)
        const rest = starts.map((start) =>
          search(subject, start, block, Math.min(last, start + span - 1)),
        )
        return [...found, ...(await Promise.all(rest)).flat()]
      } catch (error) {
        if (!isRefusal(error) || span <= smallestSpan) throw error
      }
    }
  }

  return {
    async namesOf(subject, block) {
      const before = known.get(subject)
      const first = before === undefined ? pin.creationBlock.number : before.searchedTo + 1
      if (before !== undefined && first > block.number) return before.names
      const names = [...(before?.names ?? []), ...(await search(subject, first, block))]
      if (known.size >= accountLimit) known.clear()
      known.set(subject, { names, searchedTo: block.number })
      return names
    },
    forget: () => {
      known.clear()
    },
  }
}

async function readNames(
  pin: ChainPin,
  ask: Ask,
  subject: Address,
  first: number,
  last: number,
  block: BlockRef,
): Promise<readonly RecordName[]> {
  const filter = {
    address: pin.accreditationRegistry.address,
    topics: [accredited, wordOf(subject)],
    fromBlock: `0x${first.toString(16)}`,
    toBlock: `0x${last.toString(16)}`,
  }
  return ask(async (endpoint) => {
    // A node that lags behind answers with fewer events, and without an error.
    const [logs, there] = await Promise.all([
      endpoint.request('eth_getLogs', [filter]),
      readBlock(endpoint, pin.chainId, block.hash),
    ])
    if (there === undefined) throw unreachable(endpoint.url, `it lacks block ${block.number}`)
    return wellFormed(endpoint.url, 'eth_getLogs', () =>
      Logs.parse(logs).map((log) => nameOf(subject, log)),
    )
  })
}

function nameOf(subject: Address, { topics, data }: z.infer<typeof Logs>[number]): RecordName {
  const [, , scope, accreditor] = topics
  const [right, number] = splitWords(data, 3)
  if (scope === undefined) throw new RangeError('an event without a scope')
  return {
    subject,
    right: rightOf(numberOf(right)),
    scope,
    accreditor: addressOf(accreditor),
    number: numberOf(number),
  }
}

function rightOf(number: number): Right {
  const right = rights[number]
  if (right === undefined) throw new RangeError(`no right has the number ${number}`)
  return right
}

function isRefusal(error: unknown): boolean {
  return isRegistryError(error) && error.cause instanceof RpcRefusal
}

function range(first: number, last: number, step: number): readonly number[] {
  const length = Math.max(0, Math.ceil((last - first + 1) / step))
  return Array.from({ length }, (_, i) => first + i * step)
}
