/**
 * What a verifier pins of a chain that a test has started.
 *
 * @module
 */
import { keccak256 } from 'ethers'
import { ChainPin } from '../../sdk/model/policy.ts'

/** A started chain, as far as its pin goes. */
export interface PinnedChain {
  request: (method: string, params?: readonly unknown[]) => Promise<unknown>
  addresses: { accreditations: string; anchors: string; statuses: string }
  authority: string
}

/** Pins the registries of a chain. Its newest block counts as final unless `changes` say otherwise. */
export async function pinOf(
  { request, addresses, authority }: PinnedChain,
  changes: Partial<ChainPin> = {},
): Promise<ChainPin> {
  const codeOf = (address: string, block = 'latest') =>
    request('eth_getCode', [address, block]) as Promise<string>
  const contract = async (address: string) => ({
    address: address.toLowerCase(),
    codeHash: keccak256(await codeOf(address)),
  })
  let created = 0
  while ((await codeOf(addresses.accreditations, toHex(created))) === '0x') created++
  const block = (await request('eth_getBlockByNumber', [toHex(created), false])) as { hash: string }
  return ChainPin.parse({
    name: 'test',
    chainId: Number(await request('eth_chainId')),
    creationBlock: { number: created, hash: block.hash },
    authority: authority.toLowerCase(),
    accreditationRegistry: await contract(addresses.accreditations),
    anchorRegistry: await contract(addresses.anchors),
    statusRegistry: await contract(addresses.statuses),
    finality: { confirmations: 0 },
    ...changes,
  })
}

function toHex(number: number): string {
  return `0x${number.toString(16)}`
}
