/**
 * Mines and saves the embedded chain, so that what is final there is also on the disk: every block is
 * saved before the next one is mined on it, and a block counts as final with one block on top.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isRegistryError, RpcRefusal, type RpcRequest } from '#sdk'
import { z } from 'zod'
import { saveState } from './state-file.ts'

/** What the keeper needs to know. */
export interface KeeperOptions {
  /** Asks the node. */
  request: RpcRequest
  /** Where the state is saved. */
  folder: string
  now: () => Date
  /** An empty block is mined after so many seconds, so that the newest final block never is old. */
  heartbeatSeconds?: number
  /** Told when a turn fails: the node is gone, or the disk is full. Tried again soon. */
  onFailure: (error: unknown) => Promise<void>
}

export interface Keeper {
  /** Mines what waits and the block that makes it final; everything final is on the disk when this returns. */
  settle(): Promise<void>
  /** Settles once more and stops. */
  stop(): Promise<void>
}

const quantity = z.string().transform(Number)
const Block = z.object({
  number: quantity,
  hash: z.string(),
  timestamp: quantity,
  transactions: z.array(z.unknown()),
})
type Block = z.infer<typeof Block>
const Pool = z.object({ pending: quantity })

/** How often to look for transactions that others sent to the node. */
const lookMilliseconds = 500

/** Starts keeping the chain. */
export function startKeeper(options: KeeperOptions): Keeper {
  const keep = keeping(options)
  let running: Promise<void> = Promise.resolve()
  /** One run after the other; a failure ends its own run alone. */
  const settle = () => {
    const run = running.then(keep)
    running = run.catch(() => undefined)
    return run
  }
  const stopping = new AbortController()
  const looking = look(settle, options.onFailure, stopping.signal)
  return {
    settle,
    stop: async () => {
      stopping.abort()
      await looking
      await settle()
    },
  }
}

async function look(
  settle: () => Promise<void>,
  onFailure: KeeperOptions['onFailure'],
  stopped: AbortSignal,
): Promise<void> {
  while (!stopped.aborted) {
    await settle().catch(onFailure)
    await sleep(lookMilliseconds, undefined, { signal: stopped }).catch(() => undefined)
  }
}

/** Makes the function that mines and saves until nothing is left to do. */
function keeping({ request, folder, now, heartbeatSeconds = 1_800 }: KeeperOptions) {
  let saved: string | undefined
  /** A block that was mined empty although transactions waited: they cannot be mined yet. */
  let fruitless: { hash: string; waiting: number } | undefined

  return async () => {
    for (;;) {
      const head = await readBlock('latest')
      if (head.hash !== saved) {
        await saveState(folder, z.string().parse(await request('anvil_dumpState', [])))
        saved = head.hash
      }
      const waiting = Pool.parse(await request('txpool_status', [])).pending
      const isFruitless = head.hash === fruitless?.hash && waiting === fruitless.waiting
      const hasNews = head.transactions.length > 0 || (waiting > 0 && !isFruitless)
      if (!hasNews && (await isFinalUsable(head))) return
      const mined = await mineOn(head)
      fruitless =
        waiting > 0 && mined.transactions.length === 0 ? { hash: mined.hash, waiting } : undefined
    }
  }

  /** Whether the block below `head`, the newest final one, is recent, and its state is there to be read. */
  async function isFinalUsable({ number }: Block): Promise<boolean> {
    if (number === 0) return true
    const final = `0x${(number - 1).toString(16)}`
    const { timestamp } = await readBlock(final)
    if (now().getTime() / 1000 - timestamp >= heartbeatSeconds) return false
    // A node that was started anew knows the state of the block it was saved at, and of later ones.
    const anybody = `0x${'0'.repeat(40)}`
    return request('eth_getBalance', [anybody, final]).then(() => true, isRefused)
  }

  /**
   * anvil by itself gives the system's time, also when that lies before the last block's (a clock that
   * was set back, a state from another machine). Block times must grow, and must not run ahead.
   */
  async function mineOn({ timestamp }: Block): Promise<Block> {
    for (let i = 0; i < 20; i++) {
      const early = (timestamp + 1) * 1000 - now().getTime()
      if (early <= 0 || early > 1000) break
      await sleep(Math.min(early, 50))
    }
    const time = Math.max(Math.floor(now().getTime() / 1000), timestamp + 1)
    await request('evm_mine', [time])
    return readBlock('latest')
  }

  async function readBlock(tag: string): Promise<Block> {
    return Block.parse(await request('eth_getBlockByNumber', [tag, false]))
  }
}

/** False for a refusal; an answer that could not be had is no answer. */
function isRefused(error: unknown): false {
  if (isRegistryError(error) && error.cause instanceof RpcRefusal) return false
  throw error
}
