import { Did } from '../model/primitives.ts'
import { refused, type Refusal } from './refusal.ts'

/**
 * The DID URL of the key that signed for `controller`.
 *
 * @param kid - The header: a DID URL, or only its fragment (`#key-1`). Where it is missing, did:jwk and
 *   did:key have one key only; other methods must name theirs (VC-JOSE-COSE section 4.1).
 * @param mismatch - Code for a key of somebody else.
 * @throws {@link RegistryError} `TOKEN_INVALID` with `KID_MALFORMED` or `mismatch`.
 */
export function keyUrlOf(kid: string | undefined, controller: Did, mismatch: Refusal): string {
  if (kid === undefined) return onlyKeyOf(controller)
  const hash = kid.indexOf('#')
  const fragment = kid.slice(hash + 1)
  if (hash === -1 || !/^[\w.:%~!$&'()*+,;=@/?-]{1,1024}$/.test(fragment)) {
    throw refused('KID_MALFORMED', 'kid: expected a DID URL with a fragment')
  }
  if (hash === 0) return `${controller}${kid}`
  const did = kid.slice(0, hash)
  if (!Did.safeParse(did).success) throw refused('KID_MALFORMED', 'kid: expected a DID URL')
  if (did !== controller) throw refused(mismatch, `kid belongs to ${did}`)
  return kid
}

function onlyKeyOf(controller: Did): string {
  if (controller.startsWith('did:jwk:')) return `${controller}#0`
  if (controller.startsWith('did:key:'))
    return `${controller}#${controller.slice('did:key:'.length)}`
  throw refused('KID_MALFORMED', 'kid: missing')
}
