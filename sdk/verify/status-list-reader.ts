/**
 * Reading an issuer's status lists: fetched, and believed only with the issuer's own good signature.
 *
 * @module
 */
import { isRegistryError } from '../errors.ts'
import { decodeCredential, type DecodedCredential } from '../formats/decode.ts'
import { memo } from '../lib/memo.ts'
import type { Check } from '../model/report.ts'
import type { Credential } from '../model/credential.ts'
import type { ListPlace, StatusPurpose } from '../model/status-entry.ts'
import { isEntrySet } from '../status/bitstring.ts'
import { readStatusList, type StatusList } from '../status/status-list.ts'
import { decodeTokenStatusList, expandStatuses, isStatusSet } from '../status/token-status-list.ts'
import { checkSignature } from './checks/signature.ts'
import { checkValidity } from './checks/validity.ts'
import type { KeyFinding } from './find-issuer-key.ts'
import type { Verification } from './verification.ts'

/** What one entry of a list says, or why it says nothing. */
export type ListReading =
  | { readonly kind: 'read'; readonly isSet: boolean; readonly blocks: StatusList['blocks'] }
  | { readonly kind: 'unreachable' | 'invalid'; readonly reason: string }
  /** It is signed in the name of somebody else than the credential's issuer. */
  | { readonly kind: 'foreign' }

/** Reads one entry. Never rejects because of what the host serves. */
export type ReadList = (place: ListPlace) => Promise<ListReading>

/** Finds the key that signed a list of the issuer, good now. */
type FindListKey = (list: SignedList) => Promise<KeyFinding>

/** A list of either kind as its issuer signed it. */
type SignedList = Pick<
  DecodedCredential,
  'issuer' | 'kid' | 'algorithm' | 'signingInput' | 'signature' | 'signedAt' | 'expiresAt'
> & { readonly credential: Pick<Credential, 'validFrom' | 'validUntil'> }

/** Fetches and keeps lists. */
export interface StatusListReader {
  /** The lists of the issuer of one credential. */
  readerFor(verification: Verification, findKey: FindListKey): ReadList
}

/** Most lists that are kept expanded: 16 kB each. */
const CAPACITY = 100

/**
 * Makes a reader. A text is parsed, expanded and its signature checked once, whoever asks.
 *
 * @param fetchStatusList - As in `VerifierOptions`.
 */
export function createStatusListReader(
  fetchStatusList: (url: string) => Promise<string>,
): StatusListReader {
  const bitstrings = memo(CAPACITY, parseBitstring)
  const tokens = memo(CAPACITY, parseToken)
  const signatures = new WeakMap<
    ParsedList,
    { thumbprint: string; check: Check | Promise<Check> }
  >()

  function checkOnce(list: ParsedList, key: KeyFinding): Check | Promise<Check> {
    if ('missing' in key) return key.missing
    const { thumbprint } = key
    const known = signatures.get(list)
    if (known?.thumbprint === thumbprint) return known.check
    const check = checkSignature(list.decoded, key)
    signatures.set(list, { thumbprint, check })
    return check
  }

  async function read(
    { url, purpose, index, isToken }: ListPlace,
    verification: Verification,
    findKey: FindListKey,
  ): Promise<ListReading> {
    const text = await fetchStatusList(url)
    const list = isToken === true ? tokens(text) : bitstrings(text)
    const { decoded } = list
    if (decoded.issuer !== verification.decoded.issuer) return { kind: 'foreign' }
    if (list.url !== url) return invalid('it is the list of another address')
    const signature = await checkOnce(list, await findKey(decoded))
    if (signature.status === 'undecided')
      return { kind: 'unreachable', reason: reasonOf(signature) }
    if (signature.status !== 'passed') return invalid(reasonOf(signature))
    const validity = checkValidity({ ...verification, decoded })
    if (validity.status !== 'passed') return invalid(validity.code)
    const { isSet, blocks } = await list.content
    const answer = isSet(purpose, index)
    if (answer === undefined) return invalid(`it is not about ${purpose}`)
    return { kind: 'read', isSet: answer, blocks }
  }

  return {
    readerFor: (verification, findKey) => async (place) => {
      try {
        return await read(place, verification, findKey)
      } catch (error) {
        return failedReading(error)
      }
    },
  }
}

interface ParsedList {
  readonly decoded: SignedList
  /** Where it says that it is served. */
  readonly url: string | undefined
  readonly content: Promise<ListContent>
}

interface ListContent {
  readonly blocks: StatusList['blocks']
  /** What it says of an entry; `undefined` if it is not about this purpose. */
  readonly isSet: (purpose: StatusPurpose, index: number) => boolean | undefined
}

function parseBitstring(text: string): ParsedList {
  const decoded = decodeCredential(text)
  const content = readStatusList(decoded.credential).then(({ purposes, bits, blocks }) => ({
    blocks,
    isSet: (purpose: StatusPurpose, index: number) =>
      purposes.includes(purpose) ? isEntrySet(bits, index) : undefined,
  }))
  return parsed({ decoded, url: decoded.credential.id, content })
}

function parseToken(text: string): ParsedList {
  const { url, status, blocks, ...signed } = decodeTokenStatusList(text)
  const content = expandStatuses(status).then((statusOf) => ({
    blocks,
    isSet: (purpose: StatusPurpose, index: number) => isStatusSet(statusOf(index), purpose),
  }))
  return parsed({ decoded: { ...signed, credential: {} }, url, content })
}

function parsed(list: ParsedList): ParsedList {
  list.content.catch(() => undefined) // Whoever asks for the content sees why there is none.
  return list
}

function failedReading(error: unknown): ListReading {
  if (isRegistryError(error) && error.code === 'TOKEN_INVALID') return invalid(error.facts.reason)
  return { kind: 'unreachable', reason: error instanceof Error ? error.message : 'no list' }
}

function invalid(reason: string): ListReading {
  return { kind: 'invalid', reason }
}

function reasonOf({ code, facts }: Check): string {
  const { reason } = facts
  return typeof reason === 'string' ? reason : code
}
