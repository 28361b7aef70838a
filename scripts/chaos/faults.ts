/**
 * What may go wrong with chains, their nodes, the database and the servers, and how it is over.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { crashPoints } from '../kill9/points.ts'
import type { ShakyChain } from './chain.ts'
import type { Mood } from './flaky-node.ts'
import { slipRow } from './slip-row.ts'
import type { Stand } from './stand.ts'

/** Something that goes wrong under load; it is over when `happen` is. */
export interface Fault {
  name: string
  happen: (stand: Stand) => Promise<void>
}

const second = 1_000

/** Every fault. */
export const faults: readonly Fault[] = [
  ...[1, 5, 30].map((depth) => ({
    name: `reorganisation of ${String(depth)} blocks`,
    happen: ({ chains: [chain] }: Stand) => reorganise(chain, depth),
  })),
  { name: 'transactions dropped', happen: ({ chains: [chain] }) => dropTransactions(chain) },
  { name: 'base fee spike', happen: ({ chains: [chain] }) => spikeFees(chain) },
  { name: 'nonce used by another program', happen: takeNonce },
  ...(['silent', 'limiting', 'lying', 'lagging'] as const).map((mood) => ({
    name: `${mood} node`,
    happen: ({ chains: [, chain] }: Stand) => feel(chain, mood),
  })),
  { name: 'node killed and restored', happen: ({ chains: [, chain] }) => restore(chain, 'well') },
  { name: 'chain reset for a while', happen: ({ chains: [, chain] }) => restore(chain, 'reset') },
  { name: 'database killed mid-batch', happen: killDatabase },
  { name: 'row slipped into the database', happen: slipRow },
  ...[0, 1, 2].map((i) => ({
    name: `kill -9 of server ${String(i)}`,
    happen: async ({ servers }: Stand) => {
      await servers.kill(i)
      await servers.start(i)
    },
  })),
  {
    name: 'kill -9 of all servers, started at once',
    happen: async ({ servers: { count, kill, start } }) => {
      const all = Array.from({ length: count }, (_, i) => i)
      await Promise.all(all.map(kill))
      await Promise.all(all.map(start))
    },
  },
  {
    name: 'rolling restart',
    happen: async ({ servers: { count, stop, start } }) => {
      for (let i = 0; i < count; i++) {
        await stop(i)
        await start(i)
      }
    },
  },
  ...crashPoints
    // There is no embedded chain here, and a lease lasts for longer than a fault: `npm run kill9` has both.
    .filter(({ name }) => !['block mined, not saved', 'indexes leased'].includes(name))
    .map(({ name }) => ({
      name: `kill -9 at "${name}"`,
      happen: (stand: Stand) => killAt(stand, name),
    })),
]

/** The blocks come again, without their transactions. */
async function reorganise({ request }: ShakyChain, depth: number): Promise<void> {
  await sleep(3 * second)
  await request('anvil_reorg', [depth, []])
}

async function untilPending({ request }: ShakyChain): Promise<void> {
  const Pool = z.object({ pending: z.string().transform(Number) })
  for (let i = 0; i < 200; i++) {
    if (Pool.parse(await request('txpool_status', [])).pending > 0) return
    await sleep(50)
  }
  throw new Error('no transaction came')
}

async function dropTransactions(chain: ShakyChain): Promise<void> {
  chain.mine(false)
  await untilPending(chain)
  await chain.request('anvil_dropAllTransactions', [])
  chain.mine(true)
}

/** What was offered before is too little for a while; longer than the server waits before it offers more. */
async function spikeFees(chain: ShakyChain): Promise<void> {
  chain.mine(false)
  await untilPending(chain)
  await chain.request('anvil_setNextBlockBaseFeePerGas', [`0x${(200n * 10n ** 9n).toString(16)}`])
  chain.mine(true)
  await sleep(6 * second)
}

async function takeNonce({ chains: [chain], operator }: Stand): Promise<void> {
  chain.mine(false)
  await untilPending(chain)
  await chain.request('anvil_dropAllTransactions', [])
  const nonce = z
    .string()
    .parse(await chain.request('eth_getTransactionCount', [operator.address, 'latest']))
  const { raw } = await operator.signTransaction({
    chainId: chain.pin.chainId,
    to: operator.address,
    data: '0x',
    nonce: Number(nonce),
    gasLimit: 21_000n,
    maxFeePerGas: 10n ** 12n,
    maxPriorityFeePerGas: 10n ** 10n,
  })
  await chain.request('eth_sendRawTransaction', [raw])
  chain.mine(true)
}

async function feel({ flaky }: ShakyChain, mood: Mood): Promise<void> {
  flaky.feel(mood)
  await sleep(5 * second)
  flaky.feel('well')
}

/** The node is gone; in between, perhaps, an empty one stands in its place. */
async function restore(chain: ShakyChain, between: 'well' | 'reset'): Promise<void> {
  chain.mine(false)
  const dump = await chain.dump()
  await chain.kill()
  await sleep(2 * second)
  if (between === 'reset') {
    await chain.restore()
    await sleep(4 * second)
  }
  await chain.restore(dump)
  chain.mine(true)
}

async function killDatabase({ database }: Stand): Promise<void> {
  await sleep(second)
  database.kill()
  await sleep(second)
  await database.restart()
}

/** The point is armed on every server, since one alone may never come by; whoever dies starts again. */
async function killAt({ servers }: Stand, point: string): Promise<void> {
  const all = Array.from({ length: servers.count }, (_, i) => i)
  await Promise.all(all.map((i) => servers.arm(i, point)))
  for (let i = 0; i < 300 && servers.down().length === 0; i++) await sleep(50)
  await Promise.all(all.map((i) => servers.disarm(i)))
  // Another one may have come by at the same time.
  await sleep(second / 2)
  const down = servers.down()
  if (down.length === 0) throw new Error('the point was never reached')
  await Promise.all(down.map((i) => servers.start(i)))
}
