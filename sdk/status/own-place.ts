import { didWebUrl } from '../did/did-web.ts'
import type { IssuerId } from '../model/primitives.ts'
import { statusListLength, type OnChainPlace, type StatusPlaces } from '../model/status-entry.ts'

/** Where a Livret server serves the lists of an issuer, below the address of its DID. */
const revocationList = /^\/status\/(0|[1-9]\d{0,18})\/revocation$/

/**
 * The place on chain of a credential that may hold one entry only (Open Badges 3.0): the address of its
 * list says it. Whose list it is follows from the issuer, as always, so that nobody can name another's.
 *
 * @returns The place that it names; else the one whose list is served below the issuer's own did:web, if
 *   that is its only entry; else `undefined`.
 */
export function onChainPlace(
  { onChain, bitstrings, unknown }: StatusPlaces,
  issuer: IssuerId,
): OnChainPlace | undefined {
  if (onChain !== undefined) return onChain
  const [only, second] = bitstrings
  if (only === undefined || second !== undefined || unknown.length > 0) return undefined
  const { url, index } = only
  const base = didWebUrl(issuer, true)?.href.replace(/\/(?:\.well-known\/)?did\.json$/, '')
  if (base === undefined || !url.startsWith(base) || index >= statusListLength) return undefined
  const list = revocationList.exec(url.slice(base.length))?.[1]
  return list === undefined || BigInt(list) >= 2n ** 64n ? undefined : { list: BigInt(list), index }
}
