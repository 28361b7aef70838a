/**
 * The receipt links one credential to anchored roots. It belongs to the holder. It holds no time:
 * times are read from the chain.
 *
 * @module
 */
import * as z from 'zod/mini'
import { Format } from './format.ts'
import { PublicJwk } from './jwk.ts'
import { listOf } from './list-of.ts'
import { Address, Hash } from './primitives.ts'

/** Where a root was anchored: by which operator, in which registry, on which chain. */
export const ReceiptAnchor = z.strictObject({
  /** EIP-155 chain id. */
  chainId: z.int().check(z.positive()),
  /** Address of the AnchorRegistry. */
  registry: Address,
  /** Account that anchored the root. */
  operator: Address,
})
export type ReceiptAnchor = z.infer<typeof ReceiptAnchor>

/** What a holder keeps beside a credential; see `sdk/anchor/commitment.ts` for the construction. */
export const Receipt = z.strictObject({
  type: z.literal('LivretReceipt'),
  version: z.literal(1),
  /** Format of the credential that it belongs to; part of the commitment. */
  format: Format,
  /** The 32 random bytes that hide the credential in its commitment. Secret, like the credential. */
  salt: Hash,
  /** Root of the batch. */
  root: Hash,
  /** Sibling hashes from the leaf up to the root; at least 3, since a batch has at least 8 leaves. */
  proof: listOf(Hash, 32).check(z.minLength(3)),
  /** Where the root was anchored; at least once. */
  anchors: listOf(ReceiptAnchor, 16).check(z.minLength(1)),
  /**
   * The issuer's public key, so that a dead DID host changes nothing. Not trusted: its thumbprint
   * must be registered on chain.
   */
  issuerKey: z.optional(PublicJwk),
})
export type Receipt = z.infer<typeof Receipt>

/** A credential (its compact form, or the JSON text of an `ldp_vc`) with its receipt: what a wallet keeps. */
export const AnchoredCredential = z.strictObject({
  credential: z.string().check(z.minLength(1)),
  receipt: Receipt,
})
export type AnchoredCredential = z.infer<typeof AnchoredCredential>
