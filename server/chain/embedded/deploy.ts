/**
 * The registries on the embedded chain: the first three contracts of the demo authority's account, so
 * their addresses follow from it, and nothing remembered has to be believed.
 *
 * @module
 */
import { Address, Hash, RegistryError, type ChainPin, type RpcRequest } from '#sdk'
import { getCreateAddress, keccak256 } from 'ethers'
import { z } from 'zod'
import type { AccountSigner } from '../../context.ts'
import { readBytecode, registryNames } from '../registries.ts'
import { embeddedChainId } from './anvil.ts'

export interface DeployOptions {
  request: RpcRequest
  /** Mines what waits. */
  settle: () => Promise<void>
  /** The demo authority: deploys, and is the root of trust. */
  authority: AccountSigner
  /** That of the embedded chain by default. */
  chainId?: number
}

const number = z.string().transform(Number)
const Block = z.object({
  hash: Hash,
  transactions: z.array(z.object({ from: Address, nonce: number })),
})

/** Deploys what is missing of the three registries, and tells how to know this chain. */
export async function deployRegistries(
  options: DeployOptions,
): Promise<Omit<ChainPin, 'name' | 'rpc' | 'finality'>> {
  const { request, authority, chainId = embeddedChainId } = options
  const addresses = registryNames.map((_, nonce) =>
    Address.parse(getCreateAddress({ from: authority.address, nonce }).toLowerCase()),
  )
  const first = number.parse(
    await request('eth_getTransactionCount', [authority.address, 'latest']),
  )
  for (const nonce of registryNames.keys()) if (nonce >= first) await send(options, nonce)
  if (first < registryNames.length) await options.settle()

  const [accreditationRegistry, anchorRegistry, statusRegistry] = await Promise.all(
    addresses.map(async (address) => ({ address, codeHash: await codeHashOf(request, address) })),
  )
  if (!accreditationRegistry || !anchorRegistry || !statusRegistry) throw failed('no addresses')
  return {
    chainId,
    creationBlock: await findCreation(request, authority.address),
    authority: authority.address,
    accreditationRegistry,
    anchorRegistry,
    statusRegistry,
  }
}

/** Sends the contract number `nonce`. The gas price is no matter on a chain of one's own. */
async function send(
  { request, authority, chainId = embeddedChainId }: DeployOptions,
  nonce: number,
): Promise<void> {
  const name = registryNames[nonce]
  if (name === undefined) return
  const owner =
    nonce === 0 ? authority.address : getCreateAddress({ from: authority.address, nonce: 0 })
  const argument = owner.slice(2).toLowerCase().padStart(64, '0')
  const { raw } = await authority.signTransaction({
    chainId,
    data: `${await readBytecode(name)}${argument}`,
    nonce,
    gasLimit: 8_000_000n,
    maxFeePerGas: 10_000_000_000n,
    maxPriorityFeePerGas: 1n,
  })
  await request('eth_sendRawTransaction', [raw])
}

async function codeHashOf(request: RpcRequest, address: Address): Promise<Hash> {
  const code = z.string().parse(await request('eth_getCode', [address, 'latest']))
  if (code === '0x') throw failed(`there is no contract at ${address}`)
  return Hash.parse(keccak256(code))
}

/** The block of the authority's first transaction: one of the first of the chain. */
async function findCreation(
  request: RpcRequest,
  authority: Address,
): Promise<ChainPin['creationBlock']> {
  const head = number.parse(await request('eth_blockNumber', []))
  for (let block = 1; block <= head; block++) {
    const read = await request('eth_getBlockByNumber', [`0x${block.toString(16)}`, true])
    const { hash, transactions } = Block.parse(read)
    const isCreation = transactions.some(({ from, nonce }) => from === authority && nonce === 0)
    if (isCreation) return { number: block, hash }
  }
  throw failed('the block that created the registries is gone')
}

function failed(reason: string): RegistryError {
  return new RegistryError('NODE_FAILED', { reason })
}
