/**
 * A node that answers over HTTP, with the three registries deployed: for what a chain in the same process cannot
 * show.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Contract, ContractFactory, JsonRpcProvider } from 'ethers'
import { artifacts } from 'hardhat'
import {
  accreditationRegistryAbi,
  anchorRegistryAbi,
  statusRegistryAbi,
} from '../../sdk/chain/abi.ts'
import { createRpc } from '../../sdk/chain/rpc.ts'

const script = fileURLToPath(new URL('../../node_modules/.bin/anvil', import.meta.url))

export type TestNode = Awaited<ReturnType<typeof startAnvil>>

/** Starts anvil on a free port; the first of its accounts is the authority and sends everything. */
export async function startAnvil(chainId = 31_339) {
  const child = spawn(process.execPath, [script, '--port', '0', '--chain-id', String(chainId)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await addressIn(createInterface(child.stdout))
  const provider = new JsonRpcProvider(url, chainId, { staticNetwork: true, cacheTimeout: -1 })
  const signer = await provider.getSigner(0)
  const deploy = async (name: string, abi: readonly string[], parameter: string) => {
    const { bytecode } = await artifacts.readArtifact(name)
    const factory = new ContractFactory(['constructor(address)'], bytecode, signer)
    const address = await (await factory.deploy(parameter)).getAddress()
    return { address, contract: new Contract(address, abi, signer) }
  }
  const { address } = signer
  const accreditations = await deploy('AccreditationRegistry', accreditationRegistryAbi, address)
  const anchors = await deploy('AnchorRegistry', anchorRegistryAbi, accreditations.address)
  const statuses = await deploy('StatusRegistry', statusRegistryAbi, accreditations.address)
  const request = createRpc(url)
  return {
    url,
    authority: address,
    contracts: {
      accreditations: accreditations.contract,
      anchors: anchors.contract,
      statuses: statuses.contract,
    },
    addresses: {
      accreditations: accreditations.address,
      anchors: anchors.address,
      statuses: statuses.address,
    },
    request: (method: string, params: readonly unknown[] = []) => request(method, params),
    stop: async () => {
      provider.destroy()
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const address = /Listening on (\S+)/.exec(line)?.[1]
    if (address !== undefined) return `http://${address}`
  }
  throw new Error('anvil ended before it was listening')
}
