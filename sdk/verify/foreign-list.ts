import { didWebUrl } from '../did/did-web.ts'
import { memo } from '../lib/memo.ts'
import type { IssuerId } from '../model/primitives.ts'

/** Where Livret servers serve an issuer's lists, below the address of its DID. */
const livretList = /^(.*)\/(?:status\/[^/]+\/(?:revocation|suspension)|token-status\/[^/]+)$/

/**
 * Tells whether a status list is another issuer's, as far as its address shows it: it is served on the
 * host of the issuer's did:web, where a Livret server serves the lists of another one.
 *
 * @returns `false` where the address does not tell; then the list's own issuer does.
 */
export function isForeignList(url: string, issuer: IssuerId): boolean {
  const base = baseOf(issuer)
  if (base === '') return false
  const { host, owner } = ownerOf(url)
  return owner !== undefined && base.startsWith(`${host}/`) && base !== `${host}${owner}/`
}

/** On which host a list is served, and below which address of an issuer. */
const ownerOf = memo(1_000, (url: string): { host?: string; owner?: string | undefined } => {
  if (!URL.canParse(url)) return {}
  const { host, pathname } = new URL(url)
  return { host, owner: livretList.exec(pathname)?.[1] }
})

/** Host and path below which a did:web lives, with a slash at the end; empty for other DIDs. */
const baseOf = memo(10_000, (issuer: IssuerId): string => {
  const document = didWebUrl(issuer, true)
  if (document === undefined) return ''
  return document.host + document.pathname.replace(/(?:\.well-known\/)?did\.json$/, '')
})
