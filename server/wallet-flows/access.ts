import type { Context } from '../context.ts'
import { checkDpop } from './dpop.ts'
import { issuanceOf, type OpenIssuance } from './issuance.ts'
import { refused } from './refused.ts'

/** What a wallet shows to use what it was given. */
export interface Access {
  /** The header `Authorization`. */
  authorization: string | undefined
  /** The header `DPoP`. */
  dpop: string | undefined
  /** The address that was asked. */
  url: string
}

/**
 * The issuance that an access token is for. Throws PROTOCOL_REFUSED: `unauthorized` if there is no token
 * at all, `invalid_token`, `invalid_dpop_proof`.
 */
export async function requireAccess(
  context: Context,
  slug: string,
  { authorization, dpop, url }: Access,
): Promise<OpenIssuance> {
  const [, scheme, token] = /^(Bearer|DPoP) +([\w~+/.-]+=*)$/i.exec(authorization ?? '') ?? []
  if (scheme === undefined || token === undefined) {
    throw refused('unauthorized', 'an access token is needed')
  }
  const found = await context.store.flows.bySecret('access-token', token)
  const read = found && issuanceOf(found.flow)
  if (read?.issuance.issuer !== slug) {
    throw refused('invalid_token', 'the access token is wrong or expired')
  }
  const { tokenKey } = read.issuance
  const isBound = tokenKey !== undefined
  if (isBound !== (scheme.toLowerCase() === 'dpop')) {
    throw refused(
      'invalid_token',
      isBound ? 'it is bound to a key: use DPoP' : 'it is no DPoP token',
    )
  }
  if (!isBound) return read
  if (dpop === undefined) throw refused('invalid_dpop_proof', 'the header DPoP is missing')
  await checkDpop(context, { proof: dpop, url, accessToken: token, key: tokenKey })
  return read
}
