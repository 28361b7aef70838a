import type { RequestLike } from '@openid4vc/oauth2'
import type { Context } from '../context.ts'
import { holderAlgorithms, libraryOf, told } from './library.ts'
import { refused } from './refused.ts'
import { inSeconds } from './secret.ts'

/** So far from now a proof may say that it was made. */
const toleranceSeconds = 300

/** What a DPoP proof is held against. */
export interface DpopUse {
  /** The compact proof. */
  proof: string
  /** Address that was asked, without its query. */
  url: string
  /** The token that it comes with, and the key that this is bound to. */
  accessToken?: string
  key?: string
}

/**
 * Checks a proof of possession (RFC 9449 section 4.3) for a POST, and uses it up. Answers the thumbprint
 * of its key; throws PROTOCOL_REFUSED with `invalid_dpop_proof`.
 */
export async function checkDpop(
  context: Pick<Context, 'config' | 'now' | 'store'>,
  { proof, url, accessToken, key }: DpopUse,
): Promise<string> {
  const { payload, jwkThumbprint } = await told('invalid_dpop_proof', () =>
    libraryOf(context).authorizationServer.verifyDpopJwt({
      dpopJwt: proof,
      request: postTo(url),
      allowedSigningAlgs: holderAlgorithms,
      ...(accessToken !== undefined && { accessToken }),
      ...(key !== undefined && { expectedJwkThumbprint: key }),
      now: context.now(),
    }),
  )
  const age = Math.abs(context.now().getTime() / 1000 - payload.iat)
  if (!(age <= toleranceSeconds)) throw refused('invalid_dpop_proof', 'iat: too far from now')
  const expiresAt = inSeconds(context, 2 * toleranceSeconds)
  const isNew = await context.store.flows.useOnce(
    'dpop',
    `${jwkThumbprint} ${payload.jti}`,
    expiresAt,
  )
  if (!isNew) throw refused('invalid_dpop_proof', 'jti: it was used before')
  return jwkThumbprint
}

/** The library wants requests as `fetch` makes them. */
export function postTo(url: string, headers: Record<string, string> = {}): RequestLike {
  return { method: 'POST', url, headers: new Headers(headers) }
}
