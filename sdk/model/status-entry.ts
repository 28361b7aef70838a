/**
 * Where a credential says that its status can be read: two W3C Bitstring Status List entries and one
 * that names the same place on chain.
 *
 * @module
 */
import * as z from 'zod/mini'
import { RegistryError } from '../errors.ts'
import { describeIssue } from '../lib/describe-issue.ts'
import type { Typed } from './credential.ts'
import { isUrl } from './plain-text.ts'
import { Url } from './primitives.ts'

/** Entries of one list: the least that Bitstring Status List v1.0 section 3.3 allows, and what a list on chain has. */
export const statusListLength = 131_072

/** What a set bit means to Livret. Revoked is for good, suspended is not. */
export const StatusPurpose = z.enum(['revocation', 'suspension'])
export type StatusPurpose = z.infer<typeof StatusPurpose>

const decimal = z.string().check(z.regex(/^(?:0|[1-9]\d{0,14})$/, 'expected a decimal number'))

/** Bitstring Status List v1.0 section 2.1, with single bits; the purpose may be one that we do not know. */
export const BitstringStatusListEntry = z.looseObject({
  id: z.optional(Url),
  type: z.literal('BitstringStatusListEntry'),
  statusPurpose: z.string().check(z.minLength(1)),
  statusListIndex: decimal,
  statusListCredential: Url,
})

/** A place in the StatusRegistry. Whose list it is follows from the issuer, so nobody can name another's. */
export const OnChainStatusEntry = z.strictObject({
  id: Url,
  type: z.literal('OnChainStatusEntry'),
  statusList: z
    .string()
    .check(
      z.refine(
        (text) => /^(?:0|[1-9]\d{0,19})$/.test(text) && BigInt(text) < 2n ** 64n,
        'expected a decimal number below 2^64',
      ),
    ),
  statusListIndex: decimal.check(
    z.refine(
      (text) => Number(text) < statusListLength,
      `expected a number below ${statusListLength}`,
    ),
  ),
})

/** Type of the entry that stands for `status.status_list` of an SD-JWT VC. */
export const tokenStatusType = 'TokenStatusListEntry'

/** Token Status List section 6.2, in the words of an entry; `idx` and `uri` there. */
const TokenStatusEntry = z.strictObject({
  type: z.literal(tokenStatusType),
  statusListIndex: decimal,
  statusListToken: Url,
})

/** What a list that a URL serves says of one entry, for one purpose. */
export interface ListPlace {
  purpose: StatusPurpose
  /** Counted from 0, from the left. */
  index: number
  /** Where the list is served. */
  url: Url
  /** In a Token Status List, which is about both purposes; else in a Bitstring one. */
  isToken?: true
}

/** One bit in both maps of a list on chain. */
export interface OnChainPlace {
  list: bigint
  /** Below 131,072. */
  index: number
}

/** One status in a Token Status List. */
export interface TokenPlace {
  index: number
  /** Where the list is served: its `sub`. */
  url: Url
}

/** Everything that a credential says about its status. */
export interface StatusPlaces {
  bitstrings: readonly ListPlace[]
  onChain: OnChainPlace | undefined
  /** In IETF Token Status Lists, of which each says both: revoked, or suspended. */
  tokens: readonly TokenPlace[]
  /** Types, and purposes of bitstrings, that say nothing to Livret. */
  unknown: readonly string[]
}

/**
 * Reads `credentialStatus`.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `STATUS_MALFORMED` if an entry of a known
 *   type is malformed, has more than one bit, or names the list as itself; if a purpose, or the entry
 *   on chain, stands twice.
 */
export function readStatusEntries(entries: readonly Typed[]): StatusPlaces {
  const bitstrings: ListPlace[] = []
  const chains: OnChainPlace[] = []
  const tokens: TokenPlace[] = []
  const unknown: string[] = []
  for (const each of entries) {
    const { type } = each
    const plain = readPlainEntry(each)
    if (plain !== undefined) {
      if ('list' in plain) chains.push(plain)
      else bitstrings.push(plain)
      continue
    }
    const entry = { ...each, type: type.length === 1 ? type[0] : type }
    if (type.includes('OnChainStatusEntry')) chains.push(readOnChain(entry))
    else if (type.includes(tokenStatusType)) tokens.push(readToken(entry))
    else if (!type.includes('BitstringStatusListEntry')) unknown.push(type.join(' '))
    else {
      const place = readBitstring(entry)
      if (typeof place === 'string') unknown.push(place)
      else bitstrings.push(place)
    }
  }
  const purposes = bitstrings.map(({ purpose }) => purpose)
  if (new Set(purposes).size < purposes.length) throw malformed('a purpose stands twice')
  const [onChain, second] = chains
  if (second !== undefined) throw malformed('two entries on chain')
  return { bitstrings, onChain, tokens, unknown }
}

/** Every place in a list, of either kind; one in a Token Status List once for each purpose. */
export function listPlaces({ bitstrings, tokens }: StatusPlaces): readonly ListPlace[] {
  const inTokens = tokens.flatMap((place) =>
    StatusPurpose.options.map((purpose) => ({ ...place, purpose, isToken: true }) as const),
  )
  return [...bitstrings, ...inTokens]
}

/** Where a new credential's status is kept. */
export interface StatusAllocation {
  /** Address of the list without the purpose: `https://host/issuers/<slug>/status/<list>`. */
  url: string
  list: bigint
  /** Below 131,072, drawn at random. */
  index: number
}

/** The three entries of a new credential, in the order in which they are checked. */
export function statusEntries({ url, list, index }: StatusAllocation) {
  const statusListIndex = String(index)
  const bitstrings = StatusPurpose.options.map((statusPurpose) => ({
    id: `${url}/${statusPurpose}#${statusListIndex}`,
    type: 'BitstringStatusListEntry' as const,
    statusPurpose,
    statusListIndex,
    statusListCredential: `${url}/${statusPurpose}`,
  }))
  const onChain = {
    id: `${url}#${statusListIndex}`,
    type: 'OnChainStatusEntry' as const,
    statusList: String(list),
    statusListIndex,
  }
  return [...bitstrings, onChain]
}

/** The place that a plain entry names, as the schemas would read it (bench: verify). */
function readPlainEntry(entry: Typed): ListPlace | OnChainPlace | undefined {
  const { id, type, statusListIndex, statusPurpose, statusListCredential, statusList } = entry
  if (type.length !== 1 || !isUrl(id) || !isIndex(statusListIndex)) return undefined
  const index = Number(statusListIndex)
  if (type[0] === 'OnChainStatusEntry') {
    const isPlain = isIndex(statusList) && index < statusListLength && hasMembers(entry, 4)
    return isPlain ? { list: BigInt(statusList), index } : undefined
  }
  if (type[0] !== 'BitstringStatusListEntry' || !hasMembers(entry, 5)) return undefined
  if (statusPurpose !== 'revocation' && statusPurpose !== 'suspension') return undefined
  if (!isUrl(statusListCredential) || id === statusListCredential) return undefined
  return { purpose: statusPurpose, index, url: statusListCredential }
}

function isIndex(value: unknown): value is string {
  return typeof value === 'string' && /^(?:0|[1-9]\d{0,14})$/.test(value)
}

function hasMembers(entry: object, count: number): boolean {
  return Object.keys(entry).length === count
}

function readOnChain(entry: unknown): OnChainPlace {
  const result = OnChainStatusEntry.safeParse(entry, { error: describeIssue })
  if (!result.success) throw malformed(firstProblem(result.error))
  const { statusList, statusListIndex } = result.data
  return { list: BigInt(statusList), index: Number(statusListIndex) }
}

function readToken(entry: unknown): TokenPlace {
  const result = TokenStatusEntry.safeParse(entry, { error: describeIssue })
  if (!result.success) throw malformed(firstProblem(result.error))
  const { statusListIndex, statusListToken } = result.data
  return { index: Number(statusListIndex), url: statusListToken }
}

/** The place, or the purpose if it says nothing to us. */
function readBitstring(entry: unknown): ListPlace | string {
  const result = BitstringStatusListEntry.safeParse(entry, { error: describeIssue })
  if (!result.success) throw malformed(firstProblem(result.error))
  const { id, statusPurpose, statusListIndex, statusListCredential: url, statusSize } = result.data
  if (id === url) throw malformed('id: is that of the list')
  const purpose = StatusPurpose.safeParse(statusPurpose)
  if (!purpose.success) return statusPurpose
  if (statusSize !== undefined && statusSize !== 1) throw malformed('statusSize: expected 1')
  return { purpose: purpose.data, index: Number(statusListIndex), url }
}

function firstProblem({ issues: [issue] }: z.core.$ZodError): string {
  return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'malformed'}`
}

function malformed(reason: string): RegistryError<'TOKEN_INVALID'> {
  return new RegistryError('TOKEN_INVALID', {
    code: 'STATUS_MALFORMED',
    reason: `credentialStatus: ${reason}`,
  })
}
