/**
 * A chain of one's own for a test: Hardhat's simulated network in this process, with the three
 * registries deployed by Ignition.
 *
 * @module
 */
import {
  Contract,
  type BaseContract,
  type BaseContractMethod,
  type ContractTransactionResponse,
  type Signer,
} from 'ethers'
import { network } from 'hardhat'
import livret from '../../contracts/ignition/modules/livret.ts'
import {
  accreditationRegistryAbi,
  anchorRegistryAbi,
  statusRegistryAbi,
} from '../../sdk/chain/abi.ts'

/** A contract handle that has the functions its ABI names. */
type Handle<Abi extends readonly string[]> = BaseContract & {
  [Name in ViewName<Abi[number]>]: BaseContractMethod
} & {
  [Name in Exclude<FunctionName<Abi[number]>, ViewName<Abi[number]>>]: BaseContractMethod<
    unknown[],
    unknown,
    ContractTransactionResponse
  >
}
type FunctionName<Line> = Line extends `function ${infer Name}(${string}` ? Name : never
type ViewName<Line> = Line extends `function ${infer Name}(${string}) view ${string}` ? Name : never

/** The three registries, as one account calls them. */
export interface Registries {
  accreditations: Handle<typeof accreditationRegistryAbi>
  anchors: Handle<typeof anchorRegistryAbi>
  statuses: Handle<typeof statusRegistryAbi>
}

export type TestChain = Awaited<ReturnType<typeof startChain>>

/**
 * Starts a chain with the registries and five funded accounts. It ends with the process, or with `stop`.
 *
 * @param name - A simulated network of hardhat.config.ts; each has its own chain id.
 */
export async function startChain(name: 'chainA' | 'chainB' = 'chainA') {
  const connection = await network.create(name)
  const { ethers, ignition, provider } = connection
  const [authority, accreditor, issuer, operator, stranger] = await ethers.getSigners()
  if (!authority || !accreditor || !issuer || !operator || !stranger) {
    throw new Error('the simulated network has fewer than five accounts')
  }
  const deployed = await ignition.deploy(livret, {
    parameters: { Livret: { authority: authority.address } },
  })
  const addresses = {
    accreditations: await deployed.accreditations.getAddress(),
    anchors: await deployed.anchors.getAddress(),
    statuses: await deployed.statuses.getAddress(),
  }

  /** The registries, called by `account`. */
  const as = (account: Signer): Registries => ({
    accreditations: handle(addresses.accreditations, accreditationRegistryAbi, account),
    anchors: handle(addresses.anchors, anchorRegistryAbi, account),
    statuses: handle(addresses.statuses, statusRegistryAbi, account),
  })

  /** One JSON-RPC request. */
  const request = (method: string, params: readonly unknown[] = []): Promise<unknown> =>
    provider.request({ method, params: [...params] })

  return {
    chainId: Number((await ethers.provider.getNetwork()).chainId),
    accounts: { authority, accreditor, issuer, operator, stranger },
    addresses,
    as,
    request,
    /** Second of the newest block. */
    time: async (): Promise<number> => {
      const block = await ethers.provider.getBlock('latest')
      if (block === null) throw new Error('the simulated network has no block')
      return block.timestamp
    },
    /** Mines a block that many seconds after the newest one. */
    travel: async (seconds: number): Promise<void> => {
      await request('evm_increaseTime', [seconds])
      await request('evm_mine')
    },
    stop: (): Promise<void> => connection.close(),
  }
}

function handle<Abi extends readonly string[]>(address: string, abi: Abi, account: Signer) {
  return new Contract(address, abi, account) as unknown as Handle<Abi>
}
