/**
 * What an issuer's status lists, Bitstring and Token, add to a verification.
 *
 * @module
 */
import type { BlockRef, Check } from '../../model/report.ts'
import { listPlaces, type ListPlace, type StatusPlaces } from '../../model/status-entry.ts'
import { answer } from '../check.ts'
import type { ListReading, ReadList } from '../status-list-reader.ts'

/** A chain on which the credential is neither revoked nor suspended, at a block. */
export interface ClearChain {
  readonly chain: string
  readonly block: BlockRef
}

/** What comparing found: an answer that ends the check, or the lists that could not be read. */
export type Comparison = { readonly check: Check } | { readonly unread: readonly string[] }

/**
 * Holds the issuer's lists against chains that show neither bit. A list that shows one fails: as a
 * contradiction, or, if it is of a later block than ours, as what it says. A suspension in a list of an
 * earlier block may have ended since. A list that cannot be had changes nothing.
 */
export async function compareLists(
  places: readonly ListPlace[],
  clear: readonly ClearChain[],
  readList: ReadList | undefined,
): Promise<Comparison> {
  if (readList === undefined) return { unread: [] }
  const readings = await Promise.all(
    places.map(async (place) => ({ place, reading: await readList(place) })),
  )
  const unread: string[] = []
  for (const { place, reading } of readings) {
    const { url } = place
    if (reading.kind === 'foreign')
      return { check: answer('status', 'STATUS_LIST_FOREIGN', { url }) }
    if (reading.kind !== 'read') unread.push(url)
    else if (reading.isSet) {
      const check = judgeSetBit(place, reading, clear)
      if (check !== undefined) return { check }
    }
  }
  return { unread }
}

/** A bit that the list shows and no chain does; `undefined` if it may have been cleared since. */
function judgeSetBit(
  place: ListPlace,
  { blocks: listed }: Extract<ListReading, { kind: 'read' }>,
  clear: readonly ClearChain[],
): Check | undefined {
  const { url, purpose } = place
  const distances = clear.flatMap(({ block }) =>
    listed
      .filter(({ chainId }) => chainId === block.chainId)
      .map(({ number }) => number - block.number),
  )
  if (distances.some((ahead) => ahead > 0)) return shown(place)
  const isOlder = distances.length > 0 && distances.every((ahead) => ahead < 0)
  if (isOlder && purpose === 'suspension') return undefined
  const facts = { url, chains: clear.map(({ chain }) => chain) }
  const blocks = clear.map(({ block }) => block)
  return answer('status', 'STATUS_LIST_CONTRADICTS_CHAIN', facts, blocks)
}

/** The status of a credential that no trusted chain knows: its issuer's own lists decide. */
export async function checkListed(
  places: StatusPlaces,
  readList: ReadList | undefined,
): Promise<Check> {
  const { onChain, unknown } = places
  const lists = listPlaces(places)
  if (lists.length === 0) {
    const types = onChain === undefined ? unknown : ['OnChainStatusEntry', ...unknown]
    return types.length === 0
      ? answer('status', 'STATUS_NONE', {})
      : answer('status', 'STATUS_UNSUPPORTED', { types })
  }
  const answers = await Promise.all(lists.map((place) => listed(place, readList)))
  return (
    answers.find(({ status }) => status === 'failed') ??
    answers.find(({ status }) => status === 'undecided') ??
    answer('status', 'LIST_NOT_REVOKED', {})
  )
}

async function listed(place: ListPlace, readList: ReadList | undefined): Promise<Check> {
  const { url } = place
  const reading = await readList?.(place)
  if (reading === undefined) {
    const reason = 'status lists are not fetched here'
    return answer('status', 'STATUS_LIST_UNREACHABLE', { url, reason })
  }
  switch (reading.kind) {
    case 'read':
      return reading.isSet ? shown(place) : answer('status', 'LIST_NOT_REVOKED', {})
    case 'foreign':
      return answer('status', 'STATUS_LIST_FOREIGN', { url })
    case 'unreachable':
      return answer('status', 'STATUS_LIST_UNREACHABLE', { url, reason: reading.reason })
    case 'invalid':
      return answer('status', 'STATUS_LIST_INVALID', { url, reason: reading.reason })
  }
}

/** A bit that an issuer's list shows. */
function shown({ purpose, url }: ListPlace): Check {
  return answer('status', purpose === 'revocation' ? 'REVOKED' : 'SUSPENDED', { source: url })
}
