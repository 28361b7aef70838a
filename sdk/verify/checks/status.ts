/**
 * Is it revoked or suspended, as far as can be known now?
 *
 * @module
 */
import type { StatusWord } from '../../chain/source.ts'
import type { FetchDocument } from '../../did/url-key.ts'
import { isRegistryError } from '../../errors.ts'
import type { BlockRef, Check } from '../../model/report.ts'
import {
  listPlaces,
  readStatusEntries,
  type OnChainPlace,
  type StatusPlaces,
} from '../../model/status-entry.ts'
import { entryMask, wordPosition } from '../../status/bitstring.ts'
import { onChainPlace } from '../../status/own-place.ts'
import { askChains, chainTrouble, type ChainLooks } from '../chains.ts'
import { answer } from '../check.ts'
import { isForeignList } from '../foreign-list.ts'
import type { ReadList } from '../status-list-reader.ts'
import { rememberByLooks } from '../remember-by-looks.ts'
import type { Verification } from '../verification.ts'
import { checkRevocationLists, isRevocationList, worst } from './revocation-lists.ts'
import { checkListed, compareLists } from './status-lists.ts'

/**
 * With chains in the policy, the words that stand under the issuer's own name on each of them decide,
 * as of the newest final block; the issuer's lists, where they are read, must not contradict them.
 * Without, and for what is from elsewhere, the lists decide.
 *
 * @param readList - Reads the issuer's lists; `undefined` if none are to be fetched.
 * @param fetchDocument - The same for revocation lists of 1EdTech.
 */
export function checkStatus(
  verification: Verification,
  readList: ReadList | undefined,
  fetchDocument?: FetchDocument,
): Check | Promise<Check> {
  const places = readPlaces(verification)
  if ('refused' in places) return places.refused
  if (verification.policy.chains.length === 0 || verification.isForeign) {
    return checkByLists(verification, places, readList, fetchDocument)
  }
  const { issuer } = verification.decoded
  const onChain = onChainPlace(places, issuer)
  if (onChain === undefined) return answer('status', 'STATUS_MISSING', {})

  const lists = listPlaces(places)
  const elsewhere = lists.find(({ index }) => index !== onChain.index)
  if (elsewhere !== undefined) {
    const facts = { index: onChain.index, listIndex: elsewhere.index }
    return answer('status', 'STATUS_INDEX_MISMATCH', facts)
  }
  const foreign = lists.find(({ url }) => isForeignList(url, issuer))
  if (foreign !== undefined) return answer('status', 'STATUS_LIST_FOREIGN', { url: foreign.url })

  const words = readWords(verification, onChain)
  const judge = ({ answers, looks }: Words) =>
    judgeBits(verification, { answers: answers.map(bitsOf(onChain)), looks }, lists, readList)
  return words instanceof Promise ? words.then(judge) : judge(words)
}

function judgeBits(
  verification: Verification,
  bits: Bits,
  lists: ReturnType<typeof listPlaces>,
  readList: ReadList | undefined,
): Check | Promise<Check> {
  const first = negative(bits) ?? chainTrouble('status', bits.looks) ?? stale(verification, bits)
  if (first !== undefined) return first
  if (readList === undefined) return good(bits, [])
  return compareLists(lists, bits.answers, readList).then((comparison) =>
    'check' in comparison ? comparison.check : good(bits, comparison.unread),
  )
}

/** The issuer's own lists, of whatever kind, are all that there is. */
async function checkByLists(
  verification: Verification,
  places: StatusPlaces,
  readList: ReadList | undefined,
  fetchDocument: FetchDocument | undefined,
): Promise<Check> {
  const lists = (verification.decoded.credential.credentialStatus ?? []).filter(isRevocationList)
  if (lists.length === 0) return checkListed(places, readList)
  const named = await checkRevocationLists(verification, lists, fetchDocument)
  const unknown = places.unknown.filter((type) => !isRevocationList({ type: [type] }))
  const listed = await checkListed({ ...places, unknown }, readList)
  return worst([named, listed]) ?? named
}

function readPlaces({ decoded }: Verification): StatusPlaces | { readonly refused: Check } {
  try {
    return readStatusEntries(decoded.credential.credentialStatus ?? [])
  } catch (error) {
    if (!isRegistryError(error) || error.code !== 'TOKEN_INVALID') throw error
    const { reason } = error.facts
    return { refused: answer('status', 'STATUS_MALFORMED', { reason }) }
  }
}

/** Both bits of one entry, on each chain that answered. */
interface Bits {
  readonly answers: readonly {
    readonly chain: string
    readonly block: BlockRef
    readonly revoked: boolean
    readonly suspended: boolean
  }[]
  readonly looks: ChainLooks
}

/** The word of both maps that an entry is in, on each chain that answered. */
interface Words {
  readonly answers: readonly {
    readonly chain: string
    readonly block: BlockRef
    readonly word: StatusWord
  }[]
  readonly looks: ChainLooks
}

const remember = rememberByLooks<Words>()

function readWords(
  { issuerId, looks }: Verification,
  { list, index }: OnChainPlace,
): Words | Promise<Words> {
  const position = wordPosition(index)
  return remember(looks, `${issuerId} ${list} ${position}`, () =>
    askChains(looks, async ({ pin, view }) => {
      const word = await view.statusOf(issuerId, list, position)
      return { chain: pin.name, block: view.block, word }
    }),
  )
}

function bitsOf({ index }: OnChainPlace) {
  const isSet = (word: bigint) => word !== 0n && (word & entryMask(index)) !== 0n
  return ({ chain, block, word }: Words['answers'][number]) => ({
    ...{ chain, block },
    revoked: isSet(word.revoked),
    suspended: isSet(word.suspended),
  })
}

/** What is revoked on one chain is revoked, however old the chain's state and whatever the others say. */
function negative({ answers }: Bits): Check | undefined {
  const revoked = answers.find((each) => each.revoked)
  if (revoked !== undefined) {
    return answer('status', 'REVOKED', { source: revoked.chain }, [revoked.block])
  }
  const suspended = answers.find((each) => each.suspended)
  if (suspended === undefined) return undefined
  return answer('status', 'SUSPENDED', { source: suspended.chain }, [suspended.block])
}

function stale({ now, policy }: Verification, { answers }: Bits): Check | undefined {
  const old = answers.filter(({ block }) => !(now - block.timestamp <= policy.maxStatusAgeSeconds))
  return old.length === 0 ? undefined : answer('status', 'STATUS_STALE', ...readAt(old))
}

/** `unreadLists`: addresses of lists that could not be had; the chains have decided without them. */
function good({ answers }: Bits, unreadLists: readonly string[]): Check {
  const [facts, blocks] = readAt(answers)
  return answer('status', 'NOT_REVOKED', { ...facts, unreadLists }, blocks)
}

function readAt(answers: Bits['answers']) {
  const facts = {
    readAt: Math.min(...answers.map(({ block }) => block.timestamp)),
    chains: answers.map(({ chain }) => chain),
  }
  return [facts, answers.map(({ block }) => block)] as const
}
