import {
  Hash,
  isRegistryError,
  RpcRefusal,
  statusRegistryAbi,
  type Address,
  type BlockRef,
} from '#sdk'
import { Interface } from 'ethers'
import { z } from 'zod'
import type { StatusEvent } from '../context.ts'
import type { Asker } from './asker.ts'

const registry = new Interface(statusRegistryAbi)
const kinds = new Map<string, StatusEvent['kind']>([
  ['Revoked', 'revoked'],
  ['Suspended', 'suspended'],
  ['Reinstated', 'reinstated'],
])
const topics = [...kinds.keys()].map((name) => registry.getEvent(name)?.topicHash)

const Logs = z.array(
  z.object({ topics: z.array(z.string()), data: z.string(), transactionHash: Hash }),
)
const Facts = z.object({
  issuerId: Hash,
  list: z.bigint().transform(Number),
  word: z.bigint().transform(Number),
  mask: z.bigint(),
})

/**
 * Reads the status changes in the blocks `from` to `to`, from a node that has block `since`. Nodes limit how
 * many blocks or events one answer may hold, each in its own way: what one refuses is asked for in halves.
 */
export async function readStatusEvents(
  request: Asker,
  address: Address,
  from: number,
  since: BlockRef,
  to = since.number,
): Promise<readonly StatusEvent[]> {
  if (from > to) return []
  const filter = { address, topics: [topics], fromBlock: hex(from), toBlock: hex(to) }
  try {
    const logs = await request('eth_getLogs', [filter], Logs, since)
    return logs.flatMap((log) => eventOf(log) ?? [])
  } catch (error) {
    const isRefused = isRegistryError(error) && error.cause instanceof RpcRefusal
    if (!isRefused || from === to) throw error
    const middle = Math.floor((from + to) / 2)
    const first = await readStatusEvents(request, address, from, since, middle)
    return [...first, ...(await readStatusEvents(request, address, middle + 1, since, to))]
  }
}

function eventOf(log: z.infer<typeof Logs>[number]): StatusEvent | undefined {
  const parsed = registry.parseLog(log)
  const kind = kinds.get(parsed?.name ?? '')
  if (!parsed || !kind) return undefined
  return { kind, ...Facts.parse(parsed.args.toObject()), transaction: log.transactionHash }
}

function hex(block: number): string {
  return `0x${block.toString(16)}`
}
