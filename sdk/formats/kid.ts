import { Did, type IssuerId } from '../model/primitives.ts'
import { refused, type Refusal } from './refusal.ts'

/**
 * The URL of the key that signed for `controller`.
 *
 * @param kid - The header: a DID URL, or only its fragment (`#key-1`). Where it is missing, did:jwk and
 *   did:key have one key only; other methods must name theirs (VC-JOSE-COSE section 4.1). For an issuer
 *   that is an https address: an address of the same host (Open Badges 3.0 section 8.2), with or without
 *   a fragment, or a fragment of its own.
 * @param mismatch - Code for a key of somebody else.
 * @throws {@link RegistryError} `TOKEN_INVALID` with `KID_MALFORMED` or `mismatch`.
 */
export function keyUrlOf(kid: string | undefined, controller: IssuerId, mismatch: Refusal): string {
  if (!controller.startsWith('did:')) return hostKeyOf(kid, controller, mismatch)
  if (kid === undefined) return onlyKeyOf(controller)
  const hash = kid.indexOf('#')
  const fragment = kid.slice(hash + 1)
  if (hash === -1 || !/^[\w.:%~!$&'()*+,;=@/?-]{1,1024}$/.test(fragment)) {
    throw refused('KID_MALFORMED', 'kid: expected a DID URL with a fragment')
  }
  if (hash === 0) return `${controller}${kid}`
  const did = kid.slice(0, hash)
  if (did === controller) return kid
  if (!Did.safeParse(did).success) throw refused('KID_MALFORMED', 'kid: expected a DID URL')
  throw refused(mismatch, `kid belongs to ${did}`)
}

/** Where the key of an issuer stands that is an https address. */
function hostKeyOf(kid: string | undefined, issuer: string, mismatch: Refusal): string {
  if (kid === undefined) throw refused('KID_MALFORMED', 'kid: missing')
  const url = kid.startsWith('#') ? `${issuer}${kid}` : kid
  if (/\s/.test(url) || !URL.canParse(url)) throw refused('KID_MALFORMED', 'kid: expected a URL')
  if (new URL(url).origin === new URL(issuer).origin) return url
  throw refused(mismatch, 'kid is on another host than the issuer')
}

function onlyKeyOf(controller: IssuerId): string {
  if (controller.startsWith('did:jwk:')) return `${controller}#0`
  if (controller.startsWith('did:key:'))
    return `${controller}#${controller.slice('did:key:'.length)}`
  throw refused('KID_MALFORMED', 'kid: missing')
}
