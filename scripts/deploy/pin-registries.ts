import { Address, ChainPin, Hash, parse, type RpcRequest } from '#sdk'
import { keccak256 } from 'ethers'
import { z } from 'zod'
import type { Registries } from './deploy-registries.ts'

const number = z.string().transform(Number)
const code = z.string().regex(/^0x([0-9a-f]{2})*$/)

/** Everything that tells a chain with these registries from another one. */
export async function pinRegistries(
  request: RpcRequest,
  { accreditations, anchors, statuses }: Registries,
  { name, rpc, authority, finality }: Pick<ChainPin, 'name' | 'rpc' | 'authority' | 'finality'>,
): Promise<ChainPin> {
  const pinned = async (address: Address) => ({
    address,
    codeHash: keccak256(code.parse(await request('eth_getCode', [address, 'latest']))),
  })
  const pin = {
    name,
    chainId: number.parse(await request('eth_chainId', [])),
    rpc,
    creationBlock: await findCreation(request, accreditations),
    authority,
    accreditationRegistry: await pinned(accreditations),
    anchorRegistry: await pinned(anchors),
    statusRegistry: await pinned(statuses),
    finality,
  }
  return parse(ChainPin, pin, 'pin')
}

/** The first block with code at `address`, by halving: old blocks need a node that keeps their state. */
async function findCreation(request: RpcRequest, address: Address) {
  let low = 0
  let high = number.parse(await request('eth_blockNumber', []))
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const there = code.parse(await request('eth_getCode', [address, hex(middle)]))
    if (there === '0x') low = middle + 1
    else high = middle
  }
  const block = await request('eth_getBlockByNumber', [hex(low), false])
  return { number: low, hash: z.object({ hash: Hash }).parse(block).hash }
}

function hex(block: number): string {
  return `0x${block.toString(16)}`
}
