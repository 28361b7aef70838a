/**
 * The policy: whom a verifier trusts, and how strict it is. Every default is the safe side, and stands at its member;
 * `policyJsonSchema` writes all of it as a JSON Schema.
 *
 * @module
 */
import * as z from 'zod/mini'
import { Algorithm, PublicJwk } from './jwk.ts'
import { Address, Hash } from './primitives.ts'

const seconds = z.int().check(z.nonnegative())

/** A contract that a verifier pins: equal addresses on two chains prove nothing, so the code counts, too. */
export const ContractPin = z.strictObject({
  address: Address,
  /** keccak256 of the deployed code, as `eth_getProof` reports it. */
  codeHash: Hash,
})
export type ContractPin = z.infer<typeof ContractPin>

/**
 * When a block counts as final: by the chain's own tag (`finalized` or `safe` of the Ethereum JSON-RPC), or with so
 * many blocks on top of it, 10,000 at most. Default: `finalized`.
 */
export const Finality = z.union(
  [
    z.enum(['finalized', 'safe']),
    z.strictObject({ confirmations: z.int().check(z.nonnegative(), z.maximum(10_000)) }),
  ],
  'expected finalized, safe or {"confirmations": 0 to 10000}',
)
export type Finality = z.infer<typeof Finality>

/** A block, by its number and its hash. */
const BlockPin = z.strictObject({ number: z.int().check(z.nonnegative()), hash: Hash })

/** One chain that a verifier trusts, with everything that tells it from another. */
export const ChainPin = z.strictObject({
  /** For people; letters, digits, dots, dashes. */
  name: z.string().check(z.regex(/^[A-Za-z0-9.-]{1,64}$/, 'expected a short name')),
  /** EIP-155 chain id. */
  chainId: z.int().check(z.positive()),
  /** JSON-RPC endpoints, tried in order. Default: none, so that only bundles can be verified. */
  rpc: z._default(z.array(z.url()), []),
  /** The block in which the AccreditationRegistry was created: tells a chain from its forks and resets. */
  creationBlock: BlockPin,
  /** The root of trust in the AccreditationRegistry. */
  authority: Address,
  accreditationRegistry: ContractPin,
  anchorRegistry: ContractPin,
  statusRegistry: ContractPin,
  /** Which blocks are believed. Default: `finalized`, what the chain itself never takes back. */
  finality: z._default(Finality, 'finalized'),
  /** Blocks that are known to be final: bundles of these verify offline. At most 1,000. Default: none. */
  finalizedBlocks: z.optional(z.array(BlockPin).check(z.maxLength(1_000))),
  /** Whose word makes a block final for bundles: public keys that sign checkpoints, at most 16. Default: nobody's. */
  checkpointKeys: z.optional(z.array(PublicJwk).check(z.maxLength(16))),
})
export type ChainPin = z.infer<typeof ChainPin>

/** Whom a verifier trusts, and how strict it is. */
export const Policy = z
  .strictObject({
    version: z.literal(1),
    /** The chains that are asked, at most 16, each once. None: nothing about accreditation can be said. */
    chains: z.array(ChainPin).check(z.maxLength(16)),
    /** How many of the chains must agree. Default: all of them (at least 1). */
    quorum: z.optional(z.int().check(z.positive())),
    /** Signature algorithms that are accepted. Default: all that Livret knows; no other can be named. */
    algorithms: z._default(z.array(Algorithm), ['ES256', 'ES384', 'ES256K', 'EdDSA']),
    /** Whether only a credential with a final anchor can be valid. Default: `true`. */
    anchorRequired: z._default(z.boolean(), true),
    /**
     * What becomes of credentials from elsewhere: those of an issuer that no chain of the policy ever knew,
     * and that say nothing of a registry of ours. They are never valid. `refuse`: invalid, and nothing
     * but the issuer's DID is resolved for them. `report`: everything else is looked into, and they are undecided at
     * best. Default: `refuse`.
     */
    foreign: z._default(z.enum(['refuse', 'report']), 'refuse'),
    /**
     * For how long after its signing (seconds) a credential without a final anchor is undecided instead of invalid.
     * Default: 86,400, a day. It is never valid without one.
     */
    graceSeconds: z._default(seconds, 86_400),
    /** The oldest state of a chain (seconds before now) that is accepted as its present one. Default: 3,600, an hour. */
    maxStatusAgeSeconds: z._default(seconds, 3_600),
    /** How far the clocks of issuer and verifier may differ, in seconds. Default: 60. */
    clockSkewSeconds: z._default(seconds, 60),
  })
  .check(
    z.refine(({ chains, quorum }) => quorum === undefined || quorum <= Math.max(chains.length, 1), {
      error: 'more than there are chains',
      path: ['quorum'],
    }),
    ({ value: { chains }, issues }) => {
      const at = chains.findIndex(
        ({ chainId }, i) => chains.findIndex((other) => other.chainId === chainId) < i,
      )
      if (at === -1) return
      const [path, message] = [['chains', at, 'chainId'], 'stands twice']
      issues.push({ code: 'custom', path, message, input: chains[at]?.chainId })
    },
  )
export type Policy = z.infer<typeof Policy>
