/**
 * From signed certificates to receipts: a salted batch, its root on chain.
 *
 * @module
 */
import {
  buildBatchTree,
  commitmentOf,
  credentialDigest,
  leafOf,
  makeReceipt,
  padLeaves,
  randomBytes,
  toHash,
  type Address,
  type AnchoredCredential,
  type BatchTree,
  type ChainPin,
  type Hash,
  type PublicJwk,
} from '#sdk'
import type { Chain } from './chain.ts'
import type { Registries } from './registries.ts'

const format = 'vc+jwt'

/** A signed certificate, with the key that its receipt will bring. */
export interface Signed {
  text: string
  issuerKey: PublicJwk
}

/** Certificates under one root, ready to be anchored. */
export interface Batch {
  tree: BatchTree
  entries: readonly (Signed & { salt: Hash })[]
}

/**
 * Salts certificates and builds their tree.
 *
 * @param others - How many certificates of others are in the batch; random leaves stand for them.
 */
export function createBatch(certificates: readonly Signed[], others = 0): Batch {
  const entries = certificates.map((signed) => ({ ...signed, salt: toHash(randomBytes(32)) }))
  const leaves = entries.map(({ text, salt }) =>
    leafOf(commitmentOf(salt, format, credentialDigest(format, text))),
  )
  const foreign = Array.from({ length: others }, () => toHash(randomBytes(32)))
  return { tree: buildBatchTree(padLeaves([...leaves, ...foreign], randomBytes)), entries }
}

/** Anchors a batch; says how much gas it took. */
export async function anchorBatch(
  chain: Chain,
  { anchor }: Registries,
  operator: Address,
  { tree }: Batch,
): Promise<number> {
  const [mined] = await chain.send([anchor(operator, tree.root, tree.leafCount)])
  return mined?.gasUsed ?? 0
}

/** What the holders get, in the order of the entries. */
export function handOut(
  { tree, entries }: Batch,
  pin: ChainPin,
  operator: Address,
): readonly AnchoredCredential[] {
  const anchors = [{ chainId: pin.chainId, registry: pin.anchorRegistry.address, operator }]
  return entries.map(({ text, salt, issuerKey }) => ({
    credential: text,
    receipt: makeReceipt({ format, text, salt, tree, anchors, issuerKey }),
  }))
}
