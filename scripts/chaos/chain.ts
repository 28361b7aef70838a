/**
 * A chain to be shaken: anvil, that mines several blocks a second, with the registries; a server reaches it
 * through a flaky node, and past that one.
 *
 * @module
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRpc, type Address, type ChainPin } from '#sdk'
import { z } from 'zod'
import { anvilBinary } from '../../server/chain/embedded/anvil-binary.ts'
import { choosePort } from '../../server/chain/embedded/choose-port.ts'
import { deployRegistries } from '../../server/chain/embedded/deploy.ts'
import type { AccountSigner } from '../../server/context.ts'
import { startFlakyNode } from './flaky-node.ts'

export interface ShakyChainOptions {
  name: string
  chainId: number
  confirmations: number
  authority: AccountSigner
}

export type ShakyChain = Awaited<ReturnType<typeof startChain>>

const blockMilliseconds = 150
const Head = z.object({ timestamp: z.string().transform(Number) })

/** Starts the chain two hours ago: it may mine faster than time passes. */
export async function startChain({ name, chainId, confirmations, authority }: ShakyChainOptions) {
  const port = await choosePort(undefined)
  const url = `http://127.0.0.1:${String(port)}`
  const began = String(Math.floor(Date.now() / 1000) - 7_200)
  const request = createRpc(url)
  let child: ChildProcess | undefined
  let isMining = false
  let isOpen = true

  const start = async () => {
    const flags = ['--port', String(port), '--chain-id', String(chainId), '--timestamp', began]
    const quiet = ['--quiet', '--no-mining', '--accounts', '0', '--hardfork', 'prague']
    child = spawn(anvilBinary(), [...flags, ...quiet], { stdio: 'ignore' })
    while (!(await request('eth_chainId', []).catch(() => false))) await sleep(20)
    await request('anvil_setBlockTimestampInterval', [1])
  }
  const kill = async () => {
    child?.kill('SIGKILL')
    if (child?.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  const mine = async (blocks = 1) => {
    for (let i = 0; i < blocks; i++) {
      // A node that was restored would begin at its own time again.
      const { timestamp } = Head.parse(await request('eth_getBlockByNumber', ['latest', false]))
      await request('evm_mine', [timestamp + 1])
    }
  }
  const mineOn = async () => {
    while (isOpen) {
      if (isMining) await mine().catch(() => undefined)
      await sleep(blockMilliseconds)
    }
  }
  const fund = (account: Address) =>
    request('anvil_setBalance', [account, `0x${(10n ** 24n).toString(16)}`])

  await start()
  await fund(authority.address)
  const registries = await deployRegistries({ request, settle: mine, authority, chainId })
  await mine(confirmations + 1)
  const flaky = await startFlakyNode(url)
  const pin: ChainPin = {
    ...registries,
    name,
    rpc: [flaky.url, url],
    finality: { confirmations },
  }
  isMining = true
  const mining = mineOn()

  return {
    pin,
    request,
    flaky,
    fund,
    /** Lets blocks come, or not. */
    mine: (on: boolean) => {
      isMining = on
    },
    /** Everything that the chain holds, for `restore`. */
    dump: async () => z.string().parse(await request('anvil_dumpState', [])),
    kill,
    /** A node at the same place, that knows nothing but `dump`; without it, another chain with the same id. */
    restore: async (dump?: string) => {
      await kill()
      await start()
      if (dump !== undefined) await request('anvil_loadState', [dump])
      await mine(dump === undefined ? 50 : 1)
    },
    stop: async () => {
      isOpen = false
      await mining
      flaky.stop()
      await kill()
    },
  }
}
