import { didWebUrl } from '../did/did-web.ts'
import type { Did } from '../model/primitives.ts'

/** Where Livret servers serve an issuer's lists, below the address of its DID. */
const livretList = /^(.*)\/status\/[^/]+\/(?:revocation|suspension)$/

/**
 * Tells whether a status list is another issuer's, as far as its address shows it: it is served on the
 * host of the issuer's did:web, where a Livret server serves the lists of another one.
 *
 * @returns `false` where the address does not tell; then the list's own issuer does.
 */
export function isForeignList(url: string, issuer: Did): boolean {
  const document = didWebUrl(issuer, true)
  if (document === undefined || !URL.canParse(url)) return false
  const list = new URL(url)
  const owner = livretList.exec(list.pathname)?.[1]
  if (owner === undefined || list.host !== document.host) return false
  const own = document.pathname.replace(/(?:\/\.well-known)?\/did\.json$/, '')
  return owner !== own
}
