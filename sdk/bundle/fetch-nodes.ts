import * as z from 'zod/mini'
import type { Ask } from '../chain/endpoints.ts'
import { wellFormed } from '../chain/rpc.ts'
import { fromHex } from '../lib/bytes.ts'
import type { Address, Hash } from '../model/primitives.ts'

const nodes = z.array(z.string().check(z.regex(/^0x(?:[0-9a-f]{2})+$/)))

/** What EIP-1186 answers, as far as it is believed: nodes prove themselves. */
const Proof = z.object({
  accountProof: nodes,
  storageProof: z.array(z.object({ proof: nodes })),
})

/**
 * Asks for the nodes of both tries on the way to an account and to slots of its storage, at a block.
 *
 * @throws {@link RegistryError} `CHAIN_UNREACHABLE` if no node answers with a proof: not all keep old states.
 */
export function fetchNodes(
  ask: Ask,
  contract: Address,
  slots: readonly Hash[],
  block: number,
): Promise<readonly Uint8Array[]> {
  return ask(async ({ url, request }) => {
    const answer = await request('eth_getProof', [contract, slots, `0x${block.toString(16)}`])
    return wellFormed(url, 'eth_getProof', () => {
      const { accountProof, storageProof } = Proof.parse(answer)
      return [...accountProof, ...storageProof.flatMap(({ proof }) => proof)].map(fromHex)
    })
  })
}
