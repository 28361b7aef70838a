/**
 * A chain in this process on which transactions are made for their gas alone.
 *
 * @module
 */
import { ContractFactory, Interface, type InterfaceAbi, type Signer } from 'ethers'
import { artifacts, network, tasks } from 'hardhat'

/** A contract on the chain. */
export interface Deployed {
  address: string
  abi: Interface
}

export interface Meter {
  /** Accounts that may pay; none of them is known to any contract yet. */
  accounts: readonly Signer[]
  /** Deploys one of Livret's contracts. */
  deploy(name: string, args: readonly unknown[]): Promise<Deployed>
  /** Deploys a contract that somebody else compiled. */
  deployCode(abi: InterfaceAbi, bytecode: string, args: readonly unknown[]): Promise<Deployed>
  /** Gas of one whole transaction, which must succeed. */
  gasOf(from: Signer, to: Deployed, method: string, args: readonly unknown[]): Promise<number>
}

/** Starts an empty chain (Prague rules) with 20 rich accounts; the first deploys. */
export async function startMeter(): Promise<Meter> {
  await tasks.getTask('build').run({ quiet: true, noTests: true })
  const { ethers } = await network.create('chainA')
  const accounts: readonly Signer[] = await ethers.getSigners()

  async function deployCode(
    abi: InterfaceAbi,
    bytecode: string,
    args: readonly unknown[],
  ): Promise<Deployed> {
    const contract = await new ContractFactory(abi, bytecode, accounts[0]).deploy(...args)
    await contract.waitForDeployment()
    return { address: await contract.getAddress(), abi: Interface.from(abi) }
  }

  return {
    accounts,
    deployCode,
    async deploy(name, args) {
      const { abi, bytecode } = await artifacts.readArtifact(name)
      return deployCode(abi, bytecode, args)
    },
    async gasOf(from, { address, abi }, method, args) {
      const data = abi.encodeFunctionData(method, args)
      const transaction = await from.sendTransaction({ to: address, data })
      const receipt = await transaction.wait()
      if (receipt === null) throw new Error(`gas: ${method} was not mined`)
      return Number(receipt.gasUsed)
    },
  }
}
