/**
 * Making receipts, and following them from a credential to the root that must be anchored.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import type { Format } from '../model/format.ts'
import type { PublicJwk } from '../model/jwk.ts'
import type { Hash } from '../model/primitives.ts'
import type { Receipt, ReceiptAnchor } from '../model/receipt.ts'
import type { BatchTree } from './batch-tree.ts'
import { commitmentBytes, commitmentOf, credentialDigest, leafOf, leavesOf } from './commitment.ts'
import { hashLeaves } from './keccak.ts'
import { packHashes } from './pack.ts'
import { rootAbove } from './upper-nodes.ts'

/** What a receipt is made of. */
export interface ReceiptInput {
  format: Format
  /** The credential, as `credentialDigest` takes it, or its digest: for an `ldp_vc` always that. */
  text: string | Uint8Array
  /** The salt that its commitment was made with. */
  salt: Hash
  /** The batch that it is in. */
  tree: Pick<BatchTree, 'root' | 'proof'>
  /** Where the batch's root was anchored; at least one. */
  anchors: readonly ReceiptAnchor[]
  /** The issuer's public key, for the day on which its DID host is gone. */
  issuerKey?: PublicJwk
}

/**
 * Makes a credential's receipt.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if the credential is not in the batch, if the tree is
 *   damaged so that its proof does not lead to its root, or if there are no anchors; what
 *   `credentialDigest` throws.
 */
export function makeReceipt({
  format,
  text,
  salt,
  tree,
  anchors,
  issuerKey,
}: ReceiptInput): Receipt {
  const leaf = receiptLeaf({ format, salt }, text)
  const proof = [...tree.proof(leaf)]
  const { root } = tree
  if (rootFromProof(leaf, proof) !== root) throw invalid(`the batch ${root} is damaged`)
  if (anchors.length === 0) throw invalid('a receipt needs an anchor')
  return {
    type: 'LivretReceipt',
    version: 1,
    format,
    salt,
    root,
    proof,
    anchors: [...anchors],
    ...(issuerKey !== undefined && { issuerKey }),
  }
}

/**
 * The root that a receipt leads to from a credential. The credential was in the batch if and only if it
 * is the root that was anchored, and the proof has as many steps as the batch has levels.
 *
 * @param text - The credential, or its digest; see {@link ReceiptInput.text}.
 * @throws What `credentialDigest` throws.
 *
 * @example
 * ```ts
 * if (receiptRoot(receipt, credential) !== receipt.root) throw new Error('not its receipt')
 * ```
 */
export function receiptRoot(
  { format, salt, proof }: Pick<Receipt, 'format' | 'salt' | 'proof'>,
  text: string | Uint8Array,
): Hash {
  return rootAbove(hashLeaves(commitmentBytes(salt, format, digestIn(format, text))), proof)
}

/** The root that a proof leads to from the leaf of a commitment. At most 1,024 steps. */
export function commitmentRoot(commitment: Hash, proof: readonly Hash[]): Hash {
  return rootAbove(leavesOf([commitment]), proof)
}

/** The leaf of a credential under the salt of its receipt. Throws what `credentialDigest` throws. */
export function receiptLeaf(
  { format, salt }: Pick<Receipt, 'format' | 'salt'>,
  text: string | Uint8Array,
): Hash {
  return leafOf(commitmentOf(salt, format, digestIn(format, text)))
}

function digestIn(format: Format, text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? credentialDigest(format, text) : text
}

/** The root that a proof leads to from `leaf`; the leaf itself if the proof is empty. At most 1,024 steps. */
export function rootFromProof(leaf: Hash, proof: readonly Hash[]): Hash {
  return rootAbove(packHashes([leaf]), proof)
}

function invalid(problem: string): RegistryError {
  return new RegistryError('INPUT_INVALID', { input: 'receipt', problems: [problem] })
}
