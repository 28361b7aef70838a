/**
 * The demo's chain: a node of its own in a temporary folder, mined and moved through time by the demo.
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { id, toBeHex } from 'ethers'
import { z } from 'zod'
import { Address, createRpc, Hash, type RpcRequest, type Seconds } from '#sdk'
import { runAnvil } from '../../server/chain/embedded/anvil.ts'

/** What an account asks of a contract; without `to`, the creation of one. */
export interface Call {
  from: Address
  to?: Address
  data: string
}

export interface Chain {
  url: string
  request: RpcRequest
  /** Unix seconds that the next block will bear. */
  now: () => Seconds
  /** Goes to a later time. */
  travelTo: (time: Seconds) => void
  /** An account that the node acts for, and that can pay. Its name alone says which. */
  account: (name: string) => Promise<Address>
  /** Mines `calls`, in order, in as few blocks as they need, at least one. Throws at the first that fails. */
  send: (calls: readonly Call[]) => Promise<readonly Mined[]>
  /** Ends the node and removes its folder. */
  stop: () => Promise<void>
}

/** What came of a call. */
type Mined = z.infer<typeof Mined>

const quantity = z.string().transform(Number)

const Mined = z.object({
  status: quantity,
  gasUsed: quantity,
  blockNumber: quantity,
  blockHash: Hash,
  contractAddress: z.nullish(z.string().toLowerCase().pipe(Address)),
})

/** Enough for the creation of a contract, and for any other call. */
const gasLimits = { creation: 5_000_000, call: 1_000_000 }

/** Starts an empty chain at `time`. */
export async function startChain(time: Seconds): Promise<Chain> {
  const folder = await mkdtemp(join(tmpdir(), 'livret-demo-'))
  const node = await runAnvil(folder, time).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true })
    throw error
  })
  const request = createRpc(node.url, { timeoutMilliseconds: 60_000 })
  await request('anvil_autoImpersonateAccount', [true])
  let clock = time

  async function mine(): Promise<void> {
    clock += 1
    await request('evm_setNextBlockTimestamp', [clock])
    await request('evm_mine', [])
  }

  async function receiptOf(hash: unknown, { to, data }: Call): Promise<Mined> {
    for (let block = 0; block < 100; block++) {
      const receipt = await request('eth_getTransactionReceipt', [hash])
      if (receipt === null) await mine()
      else {
        const mined = Mined.parse(receipt)
        if (mined.status === 1) return mined
        throw new Error(`demo: ${to ?? 'a creation'} refused ${data.slice(0, 10)}`)
      }
    }
    throw new Error('demo: a transaction is never mined')
  }

  return {
    url: node.url,
    request,
    now: () => clock + 1,
    travelTo(later) {
      if (later <= clock) throw new Error('demo: time goes forward')
      clock = later - 1
    },
    async account(name) {
      const address = Address.parse(`0x${id(name).slice(-40)}`)
      await request('anvil_setBalance', [address, toBeHex(10n ** 24n)])
      return address
    },
    async send(calls) {
      const hashes = await Promise.all(
        calls.map((call) => {
          const gas = toBeHex(call.to === undefined ? gasLimits.creation : gasLimits.call)
          return request('eth_sendTransaction', [{ ...call, gas }])
        }),
      )
      await mine()
      const mined: Mined[] = []
      for (const [i, call] of calls.entries()) mined.push(await receiptOf(hashes[i], call))
      return mined
    },
    async stop() {
      await node.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
