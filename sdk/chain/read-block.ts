import * as z from 'zod/mini'
import type { ChainPin } from '../model/policy.ts'
import { Hash } from '../model/primitives.ts'
import type { BlockRef } from '../model/report.ts'
import type { Endpoint } from './endpoints.ts'
import { unreachable, wellFormed } from './rpc.ts'

const quantity = z.pipe(
  z.string().check(z.regex(/^0x[0-9a-f]{1,13}$/, 'expected a number in hex')),
  z.transform(Number),
)
const Header = z.nullable(z.object({ number: quantity, hash: Hash, timestamp: quantity }))

/** A block's number, or a tag: `finalized`, `safe`, `latest`. */
export type BlockName = number | 'finalized' | 'safe' | 'latest'

/**
 * Reads the head of a block.
 *
 * @param name - Number or tag, or the hash of the block.
 * @returns `undefined` if the node has no such block.
 * @throws {@link RegistryError} `CHAIN_UNREACHABLE` if it does not answer with a block.
 */
export async function readBlock(
  { url, request }: Endpoint,
  chainId: number,
  name: BlockName | Hash,
): Promise<BlockRef | undefined> {
  const isHash = typeof name === 'string' && name.startsWith('0x')
  const method = isHash ? 'eth_getBlockByHash' : 'eth_getBlockByNumber'
  const parameter = typeof name === 'number' ? `0x${name.toString(16)}` : name
  const answer = await request(method, [parameter, false])
  const { header } = wellFormed(url, method, () => ({ header: Header.parse(answer ?? null) }))
  return header === null ? undefined : { chainId, ...header }
}

/**
 * The newest block that is final under the pin.
 *
 * @throws {@link RegistryError} `CHAIN_UNREACHABLE` if the node does not answer, or if no block since the
 *   creation of the registries is final yet.
 */
export async function readFinalBlock(
  endpoint: Endpoint,
  { chainId, finality, creationBlock }: ChainPin,
): Promise<BlockRef> {
  const block = await newestFinal(endpoint, chainId, finality)
  if (block !== undefined && block.number >= creationBlock.number) return block
  throw unreachable(endpoint.url, 'no block since the creation of the registries is final yet')
}

async function newestFinal(
  endpoint: Endpoint,
  chainId: number,
  finality: ChainPin['finality'],
): Promise<BlockRef | undefined> {
  if (typeof finality === 'string') return readBlock(endpoint, chainId, finality)
  const latest = await readBlock(endpoint, chainId, 'latest')
  if (latest === undefined || finality.confirmations === 0) return latest
  const number = latest.number - finality.confirmations
  return number < 0 ? undefined : readBlock(endpoint, chainId, number)
}
