/**
 * A block's header in RLP, as nodes tell of it in JSON.
 *
 * @module
 */
import * as z from 'zod/mini'
import { keccak256 } from '../anchor/keccak.ts'
import type { Endpoint } from '../chain/endpoints.ts'
import { unreachable, wellFormed } from '../chain/rpc.ts'
import { fromHex, toHash } from '../lib/bytes.ts'
import type { Hash } from '../model/primitives.ts'
import { encodeRlp } from './rlp.ts'

const data = z.string().check(z.regex(/^0x(?:[0-9a-f]{2})*$/))
const quantity = z.pipe(
  z.string().check(z.regex(/^0x[0-9a-f]{1,64}$/)),
  z.transform((hex) => (BigInt(hex) === 0n ? '0x' : evenHex(BigInt(hex).toString(16)))),
)

/** The fields in the order in which they are hashed; each fork appended its own. */
const Block = z.object({
  parentHash: data,
  sha3Uncles: data,
  miner: data,
  stateRoot: data,
  transactionsRoot: data,
  receiptsRoot: data,
  logsBloom: data,
  difficulty: quantity,
  number: quantity,
  gasLimit: quantity,
  gasUsed: quantity,
  timestamp: quantity,
  extraData: data,
  mixHash: data,
  nonce: data,
  baseFeePerGas: quantity, // London
  withdrawalsRoot: z.optional(data), // Shanghai
  blobGasUsed: z.optional(quantity), // Cancun
  excessBlobGas: z.optional(quantity),
  parentBeaconBlockRoot: z.optional(data),
  requestsHash: z.optional(data), // Prague
})

/**
 * Makes the header of a block from what `eth_getBlockByHash` answers.
 *
 * @returns `undefined` if the block has fields that are not known here.
 * @throws what zod throws if it is no block since London.
 */
export function headerOfBlock(block: unknown, hash: Hash): Uint8Array | undefined {
  const known = Block.parse(block)
  const names = Object.keys(Block.shape) satisfies string[]
  const fields = names.flatMap(
    (name) => Object.entries(known).find(([each]) => each === name)?.[1] ?? [],
  )
  const header = encodeRlp(fields.map(fromHex))
  return toHash(keccak256(header)) === hash ? header : undefined
}

/**
 * Asks a node for the header of a block; where its fork is not known here, for the raw bytes.
 *
 * @throws {@link RegistryError} `CHAIN_UNREACHABLE` if the node cannot give it.
 */
export async function readRawHeader({ url, request }: Endpoint, hash: Hash): Promise<Uint8Array> {
  const block = await request('eth_getBlockByHash', [hash, false])
  const header = wellFormed(url, 'eth_getBlockByHash', () => ({
    bytes: headerOfBlock(block, hash),
  }))
  if (header.bytes !== undefined) return header.bytes
  const raw = data.safeParse(await request('debug_getRawHeader', [hash]))
  const bytes = raw.success ? fromHex(raw.data) : new Uint8Array()
  if (toHash(keccak256(bytes)) === hash) return bytes
  throw unreachable(url, `the header of block ${hash} has fields that are not known here`)
}

function evenHex(digits: string): string {
  return `0x${digits.padStart(digits.length + (digits.length % 2), '0')}`
}
