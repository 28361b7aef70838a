/**
 * The policy file as a JSON Schema (draft 2020-12), for editors and other programs.
 *
 * @module
 */
import * as z from 'zod/mini'
import { Policy } from './policy.ts'

/** What each member means, by its path; `*` stands for any item. */
const descriptions: Readonly<Record<string, string>> = {
  version: 'Version of this format.',
  chains:
    'The chains that are asked, each chainId once. None: nothing about accreditation can be said.',
  'chains.*.name': 'For people.',
  'chains.*.chainId': 'EIP-155 chain id.',
  'chains.*.rpc':
    'JSON-RPC endpoints, tried in order. Default: none, so that only bundles can be verified.',
  'chains.*.creationBlock':
    'The block in which the AccreditationRegistry was created: tells a chain from its forks and resets.',
  'chains.*.authority': 'The root of trust in the AccreditationRegistry.',
  'chains.*.accreditationRegistry': 'Who is accredited, by whom, and with which keys.',
  'chains.*.anchorRegistry': 'When roots were anchored.',
  'chains.*.statusRegistry': 'What is revoked or suspended.',
  'chains.*.accreditationRegistry.codeHash':
    'keccak256 of the deployed code, as eth_getProof reports it.',
  'chains.*.anchorRegistry.codeHash': 'keccak256 of the deployed code, as eth_getProof reports it.',
  'chains.*.statusRegistry.codeHash': 'keccak256 of the deployed code, as eth_getProof reports it.',
  'chains.*.finality':
    'Which blocks are believed: by the chain’s own tag, or with so many blocks on top. Default: finalized.',
  'chains.*.finalizedBlocks':
    'Blocks that are known to be final: bundles of these verify offline. Default: none.',
  'chains.*.checkpointKeys':
    'Public keys (JWK) whose checkpoints make a block final for bundles. Default: none.',
  quorum: 'How many of the chains must agree; no more than there are. Default: all of them.',
  algorithms: 'Signature algorithms that are accepted. Default: all that Livret knows.',
  anchorRequired: 'Whether only a credential with a final anchor can be valid. Default: true.',
  foreign:
    'Credentials from elsewhere, never valid. refuse: invalid, nothing is fetched. report: undecided at best. Default: refuse.',
  graceSeconds:
    'For how long after its signing a credential without a final anchor is undecided instead of invalid. Default: 86400.',
  maxStatusAgeSeconds:
    'The oldest state of a chain, in seconds before now, that is accepted as its present one. Default: 3600.',
  clockSkewSeconds:
    'How far the clocks of issuer and verifier may differ, in seconds. Default: 60.',
}

/**
 * The JSON Schema (draft 2020-12) of a policy file, made of the very schema that {@link Policy} files are read with.
 * It says everything but three rules: a quorum of no more than there are chains, each `chainId` once, and no
 * private key among `checkpointKeys`.
 *
 * @example
 * ```ts
 * await writeFile('policy.schema.json', JSON.stringify(policyJsonSchema()))
 * ```
 */
export function policyJsonSchema(): object {
  const schema = describe(z.toJSONSchema(Policy, { io: 'input' }), '')
  return { title: 'Policy of a Livret verifier', ...schema }
}

type JsonSchema = z.core.JSONSchema.BaseSchema

/** `schema` with the words for it and its members. Not by zod: schemas that several members share have one text there. */
function describe(schema: JsonSchema, path: string): JsonSchema {
  const { properties, items } = schema
  const description = descriptions[path]
  const isOne = typeof items === 'object' && !Array.isArray(items)
  return {
    ...(description !== undefined && { description }),
    ...schema,
    ...(properties && { properties: describeMembers(properties, path) }),
    ...(isOne && { items: describe(items, `${path}.*`) }),
  }
}

function describeMembers(properties: NonNullable<JsonSchema['properties']>, path: string) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, member]) => {
      const inner = path === '' ? name : `${path}.${name}`
      return [name, typeof member === 'object' ? describe(member, inner) : member]
    }),
  )
}
