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
  const deploy = async (name: string, parameter: string) => {
    const { abi, bytecode } = await artifacts.readArtifact(name)
    const contract = await new ContractFactory([...abi], bytecode, signer).deploy(parameter)
    await contract.waitForDeployment()
    return new Contract(await contract.getAddress(), [...abi], signer)
  }
  const accreditations = await deploy('AccreditationRegistry', signer.address)
  const anchors = await deploy('AnchorRegistry', String(accreditations.target))
  const statuses = await deploy('StatusRegistry', String(accreditations.target))
  const request = createRpc(url)
  return {
    url,
    authority: signer.address,
    contracts: { accreditations, anchors, statuses },
    addresses: {
      accreditations: String(accreditations.target),
      anchors: String(anchors.target),
      statuses: String(statuses.target),
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
