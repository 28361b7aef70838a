/**
 * The bundle: one file with all that verifying a credential takes, so that no network is needed.
 *
 * Its bytes are canonical (RFC 8785), it has no member and no tree node that is not needed, and lists are in order:
 * there is one bundle for what it says, and every byte of it counts.
 *
 * @module
 */
import * as z from 'zod/mini'
import type { RecordName } from '../chain/registry-calls.ts'
import { rights } from '../chain/source.ts'
import { RegistryError } from '../errors.ts'
import { canonicalize } from '../lib/canonicalize.ts'
import { fromBase64url } from '../lib/base64url.ts'
import { readJson } from '../lib/json.ts'
import { listOf } from '../model/list-of.ts'
import { Address, Hash } from '../model/primitives.ts'
import { Receipt } from '../model/receipt.ts'

const base64url = z
  .string()
  .check(z.minLength(1), z.regex(/^[A-Za-z0-9_-]+$/, 'expected base64url'))
const coordinate = z.string().check(z.regex(/^[A-Za-z0-9_-]+$/, 'expected base64url'))

/** The members that make up a key's thumbprint, and no other: nothing vouches for more. */
const BareKey = z.discriminatedUnion('kty', [
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.enum(['P-256', 'P-384', 'secp256k1']),
    x: coordinate,
    y: coordinate,
  }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate }),
])

/**
 * Names a record of the AccreditationRegistry that the nodes prove to be there, or (the one after the last) not to be:
 * then the records before it are all that this accreditor wrote for this subject, right and scope.
 */
const BundleRecord = z.strictObject({
  subject: Address,
  right: z.enum(rights),
  scope: Hash,
  accreditor: Address,
  number: z.int().check(z.nonnegative(), z.maximum(0xffffffff)),
})

/** What a bundle says about one chain. */
export const BundleChain = z.strictObject({
  /** EIP-155 chain id. */
  chainId: z.int().check(z.positive()),
  /** The block's header in RLP, base64url. Its hash must be one that the policy trusts. */
  header: base64url,
  /** Vouches for the block where the policy does not pin its hash: see `signCheckpoint`. */
  checkpoint: z.optional(z.string().check(z.minLength(1), z.maxLength(4096))),
  /** Records on the way from the issuer's account up to the authority; in order of their canonical form. */
  accreditations: listOf(BundleRecord, 256),
  /** Nodes of the tries of accounts and storage (RLP, base64url), in order, each once. */
  nodes: listOf(base64url, 4_000),
})
export type BundleChain = z.infer<typeof BundleChain>

/** One file with all that verifying a credential takes. */
export const Bundle = z.strictObject({
  type: z.literal('LivretBundle'),
  version: z.literal(1),
  credential: z.string().check(z.minLength(1)),
  /** With the issuer's key; its anchors are those on chains of the bundle. */
  receipt: z.extend(Receipt, { issuerKey: BareKey }),
  /** In order of their chain ids. */
  chains: listOf(BundleChain, 16).check(z.minLength(1)),
})
export type Bundle = z.infer<typeof Bundle>

/** The longest text that is read. */
const maxLength = 2_100_000

/**
 * Reads a bundle; nothing is proven yet.
 *
 * @param text - Exactly the bundle: its canonical bytes, decoded from UTF-8, without a line's end.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `BUNDLE_MALFORMED`, or `TOO_LARGE`.
 */
export function readBundle(text: string): Bundle {
  if (text.length > maxLength) throw refused('TOO_LARGE', 'longer than 2 MB')
  const { value, problem } = readJson(text)
  if (problem !== undefined) throw malformed(problem)
  const result = Bundle.safeParse(value)
  if (!result.success) {
    const [issue] = result.error.issues
    throw malformed(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'malformed'}`)
  }
  if (canonicalize(value) !== text) throw malformed('not in canonical form (RFC 8785)')
  requireOrder(result.data)
  requireBare(result.data.credential)
  return result.data
}

/** The text of a bundle: what {@link readBundle} reads. */
export function writeBundle(bundle: Bundle): string {
  return canonicalize(bundle)
}

/** Where a record stands in the order of a bundle. */
export function recordOrder({ subject, right, scope, accreditor, number }: RecordName): string {
  return canonicalize({ subject, right, scope, accreditor, number })
}

/** The refusal of a bundle that is not one. */
export function malformed(reason: string): RegistryError<'TOKEN_INVALID'> {
  return refused('BUNDLE_MALFORMED', reason)
}

/** Bytes of a bundle that were written as base64url. */
export function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64url(text)
  if (bytes === undefined) throw malformed('expected base64url')
  return bytes
}

function requireOrder({ receipt, chains }: Bundle): void {
  if (!chains.every(({ chainId }, i) => chainId > (chains[i - 1]?.chainId ?? 0))) {
    throw malformed('chains: not in order')
  }
  const ids = chains.map(({ chainId }) => chainId)
  if (!receipt.anchors.every(({ chainId }) => ids.includes(chainId))) {
    throw malformed('receipt.anchors: one of a chain that the bundle does not have')
  }
  const lists = [
    receipt.anchors.map(canonicalize),
    ...chains.flatMap(({ nodes, accreditations }) => [nodes, accreditations.map(recordOrder)]),
  ]
  if (!lists.every(isAscending)) throw malformed('a list is not in order, or says something twice')
}

/** A Data Integrity credential has many texts, of which one is canonical; a presented SD-JWT has a second signer. */
function requireBare(credential: string): void {
  if (credential.startsWith('{')) {
    const { value, problem } = readJson(credential)
    if (problem !== undefined) throw malformed(`credential: ${problem}`)
    if (canonicalize(value) !== credential)
      throw malformed('credential: not in canonical form (RFC 8785)')
  }
  if (credential.includes('~') && !credential.endsWith('~')) {
    throw malformed('credential: with a key binding')
  }
}

function isAscending(texts: readonly string[]): boolean {
  return texts.every((text, i) => i === 0 || text > (texts[i - 1] ?? ''))
}

function refused(code: string, reason: string): RegistryError<'TOKEN_INVALID'> {
  return new RegistryError('TOKEN_INVALID', { code, reason })
}
