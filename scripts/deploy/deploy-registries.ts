/**
 * Puts the three registries on any chain with Hardhat Ignition, whose journal makes an interrupted
 * deployment go on where it stopped.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import { Address, RegistryError, type RpcRequest } from '#sdk'
import { createHardhatRuntimeEnvironment } from 'hardhat/hre'
import { z } from 'zod'
import livret from '../../contracts/ignition/modules/livret.ts'
import hardhatConfig from '../../hardhat.config.ts'

export interface Deployment {
  rpc: string
  /** 64 hex digits with `0x`: pays for the deployment, and has no right afterwards. */
  deployerKey: string
  authority: Address
  /** Folder for Ignition's journals. */
  journal: string
}

/** Addresses of the registries. */
export interface Registries {
  accreditations: Address
  anchors: Address
  statuses: Address
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Deploys what is missing. Throws INPUT_INVALID if the journal tells of contracts that are not there. */
export async function deployRegistries(
  { rpc, deployerKey, authority, journal }: Deployment,
  request: RpcRequest,
): Promise<Registries> {
  const hre = await createHardhatRuntimeEnvironment(
    {
      ...hardhatConfig,
      paths: { ...hardhatConfig.paths, ignition: journal },
      networks: { target: { type: 'http', url: rpc, accounts: [deployerKey] } },
    },
    {},
    root,
  )
  await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
  const { ignition } = await hre.network.create('target')
  const deployed = await ignition.deploy(livret, {
    parameters: { Livret: { authority } },
    deploymentId: await nameOf(request),
    config: { requiredConfirmations: 1 },
  })
  const there = async (contract: { getAddress(): Promise<string> }) =>
    requireCode(request, Address.parse((await contract.getAddress()).toLowerCase()), journal)
  return {
    accreditations: await there(deployed.accreditations),
    anchors: await there(deployed.anchors),
    statuses: await there(deployed.statuses),
  }
}

/** By the first block, too: a chain that was reset is another one, and its journal starts anew. */
async function nameOf(request: RpcRequest): Promise<string> {
  const Genesis = z.object({ hash: z.string() })
  const [chainId, genesis] = await Promise.all([
    request('eth_chainId', []),
    request('eth_getBlockByNumber', ['0x0', false]),
  ])
  return `chain-${String(Number(chainId))}-${Genesis.parse(genesis).hash.slice(2, 10)}`
}

async function requireCode(
  request: RpcRequest,
  address: Address,
  journal: string,
): Promise<Address> {
  const code = await request('eth_getCode', [address, 'latest'])
  if (typeof code === 'string' && code.length > 2) return address
  const problems = [`there is no contract at ${address}: was the chain reset? Remove ${journal}`]
  throw new RegistryError('INPUT_INVALID', { input: 'deployment', problems })
}
