/**
 * Tells a chain from its forks, its resets, and from another behind the same address: chain id, creation block,
 * code of the registries, and root of trust must be the pinned ones.
 *
 * @module
 */
import { keccak256 } from '../anchor/keccak.ts'
import { RegistryError } from '../errors.ts'
import { fromHex, toHash } from '../lib/bytes.ts'
import { inOrder } from '../lib/in-order.ts'
import type { ChainPin, ContractPin } from '../model/policy.ts'
import { splitWords } from './abi-words.ts'
import type { Endpoint } from './endpoints.ts'
import { readBlock } from './read-block.ts'
import { authorityCall } from './registry-calls.ts'
import { publicName, wellFormed } from './rpc.ts'

/**
 * Checks once that a node serves the pinned chain.
 *
 * @throws {@link RegistryError} `CHAIN_MISMATCH` naming the first thing that differs, `CHAIN_UNREACHABLE` if the
 *   node does not answer.
 */
export async function checkIdentity(endpoint: Endpoint, pin: ChainPin): Promise<void> {
  const { accreditationRegistry, anchorRegistry, statusRegistry } = pin
  await inOrder([
    checkChainId(endpoint, pin),
    checkCreation(endpoint, pin),
    checkCode(endpoint, 'code of the AccreditationRegistry', accreditationRegistry),
    checkCode(endpoint, 'code of the AnchorRegistry', anchorRegistry),
    checkCode(endpoint, 'code of the StatusRegistry', statusRegistry),
    checkAuthority(endpoint, pin),
  ])
}

/** Checks that the chain still has the block in which the registries were created: it is gone after a reset. */
export async function checkCreation(endpoint: Endpoint, pin: ChainPin): Promise<void> {
  const { number, hash } = pin.creationBlock
  const block = await readBlock(endpoint, pin.chainId, number)
  expectSame(endpoint, `block ${number}`, hash, block?.hash ?? 'missing')
}

async function checkChainId(endpoint: Endpoint, pin: ChainPin): Promise<void> {
  const answer = await endpoint.request('eth_chainId', [])
  const chainId = typeof answer === 'string' ? Number(answer) : Number.NaN
  expectSame(endpoint, 'chain id', String(pin.chainId), String(chainId))
}

async function checkCode(
  { url, request }: Endpoint,
  what: string,
  { address, codeHash }: ContractPin,
): Promise<void> {
  const code = await request('eth_getCode', [address, 'latest'])
  const actual = wellFormed(url, 'eth_getCode', () =>
    typeof code === 'string' ? toHash(keccak256(fromHex(code))) : undefined,
  )
  expectSame({ url }, what, codeHash, actual)
}

async function checkAuthority({ url, request }: Endpoint, pin: ChainPin): Promise<void> {
  const { data, words, read } = authorityCall()
  const to = pin.accreditationRegistry.address
  const answer = await request('eth_call', [{ to, data }, 'latest'])
  const actual = wellFormed(url, 'eth_call', () => read(splitWords(answer, words)))
  expectSame({ url }, 'authority', pin.authority, actual)
}

function expectSame(
  { url }: Pick<Endpoint, 'url'>,
  what: string,
  expected: string,
  actual: string,
): void {
  if (actual === expected) return
  throw new RegistryError('CHAIN_MISMATCH', { url: publicName(url), what, expected, actual })
}
