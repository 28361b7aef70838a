/**
 * A chain of one's own in the data directory, for trying out: a node, the three registries, and a demo
 * authority. What counts as final there has reached the disk.
 *
 * @module
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createRpc, type Address, type ChainPin, type RpcRequest } from '#sdk'
import type { AccountSigner, Chain, Keys, Log } from '../../context.ts'
import { createChain } from '../chain.ts'
import { runAnvil } from './anvil.ts'
import { openAuthority } from './authority.ts'
import { openCheckpointKey } from './checkpoint-key.ts'
import { claimFolder } from './claim-folder.ts'
import { deployRegistries } from './deploy.ts'
import { startKeeper } from './keeper.ts'
import { hasState } from './state-file.ts'

export interface EmbeddedChain {
  chain: Chain
  authority: AccountSigner
  /** Gives an account what its transactions cost. */
  fund(account: Address): Promise<void>
  /** Saves everything and ends the node. */
  stop(): Promise<void>
}

export interface EmbeddedChainOptions {
  dataDir: string
  keys: Keys
  now: () => Date
  log: Log
}

/** Whether a chain lies in the data directory: its contracts are there, whatever is built today. */
export function hasEmbeddedChain(dataDir: string): Promise<boolean> {
  return hasState(join(dataDir, 'chain'))
}

/** Runs the embedded chain in `<dataDir>/chain`. Throws DATA_DIR_IN_USE, NODE_FAILED. */
export async function startEmbeddedChain({
  dataDir,
  keys,
  now,
  log,
}: EmbeddedChainOptions): Promise<EmbeddedChain> {
  const folder = join(dataDir, 'chain')
  await mkdir(dataDir, { recursive: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const releaseFolder = await claimFolder(folder)
  const genesisTime = Math.floor(now().getTime() / 1000)
  let node = await runAnvil(folder, genesisTime)
  const { url } = node
  const request = createRpc(url)

  const keeper = startKeeper({
    request,
    folder,
    now,
    onFailure: async (error) => {
      log.warn('embedded chain does not answer', { reason: String(error) })
      node = await runAnvil(folder, genesisTime).catch((failure: unknown) => {
        log.error('embedded chain does not start', { reason: String(failure) })
        return node
      })
      if (node.url !== url) log.error('embedded chain lost its port', { url })
    },
  })
  const fund = (account: Address) => giveFunds(request, account)
  const authority = await openAuthority(folder, keys)
  const { publicJwk, signer: checkpointer } = await openCheckpointKey(folder, keys)
  await fund(authority.address)
  const settle = () => keeper.settle()
  const registries = await deployRegistries({ request, settle, authority })
  await settle()

  const pin: ChainPin = {
    ...registries,
    name: 'embedded',
    rpc: [url],
    finality: { confirmations: 1 },
    checkpointKeys: [publicJwk],
  }
  return {
    chain: createChain(pin, { settle, checkpointer, limits: { stuckSeconds: 30, pollSeconds: 1 } }),
    authority,
    fund,
    stop: async () => {
      await keeper.stop().catch((error: unknown) => {
        log.error('embedded chain could not be saved', { reason: String(error) })
      })
      await node.stop()
      await releaseFolder()
    },
  }
}

async function giveFunds(request: RpcRequest, account: Address): Promise<void> {
  const plenty = 10n ** 24n
  await request('anvil_setBalance', [account, `0x${plenty.toString(16)}`])
}
