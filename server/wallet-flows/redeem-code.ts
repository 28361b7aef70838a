/**
 * The token endpoint (OpenID4VCI 1.0 section 6).
 *
 * @module
 */
import { readJson } from '#sdk'
import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { redeemAuthorizationCode } from './authorization-code.ts'
import { checkDpop, postTo } from './dpop.ts'
import { changeIssuance, issuanceOf, type Issuance } from './issuance.ts'
import { issuerUrl, preAuthorizedGrant } from './issuer-metadata.ts'
import { libraryOf, told } from './library.ts'
import { txCodeSeal } from './make-offer.ts'
import { refused } from './refused.ts'
import { inSeconds, newSecret } from './secret.ts'

/** What a wallet sends: the form, and its DPoP proof if it has one. */
export interface TokenRequest {
  form: Readonly<Record<string, string>>
  dpop: string | undefined
}

/** So long a token is good where nothing is pending. */
const tokenSeconds = 3_600

/** So often a transaction code may be wrong before the offer is void. */
const maxGuesses = 5

/**
 * Redeems a code for an access token. Throws PROTOCOL_REFUSED: `invalid_request`, `invalid_grant`,
 * `unsupported_grant_type`, `invalid_dpop_proof`.
 */
export async function redeemCode(context: Context, slug: string, { form, dpop }: TokenRequest) {
  const { grant } = await told('invalid_request', () =>
    libraryOf(context).authorizationServer.parseAccessTokenRequest({
      request: postTo(`${issuerUrl(context, slug)}/token`, dpop === undefined ? {} : { dpop }),
      accessTokenRequest: { ...form },
    }),
  )
  const wanted = wantedIn(form['authorization_details'])
  if (grant.grantType === 'authorization_code') {
    const { flow, issuance } = await redeemAuthorizationCode(context, slug, form)
    requireOffered(issuance, wanted)
    return giveToken(context, flow.id, wanted, await keyOf(context, slug, dpop))
  }
  if (grant.grantType !== preAuthorizedGrant) {
    throw refused('unsupported_grant_type', 'expected a code')
  }
  const { preAuthorizedCode: code, txCode } = grant
  const found = await context.store.flows.bySecret('pre-authorized-code', code)
  const read = found && issuanceOf(found.flow)
  if (read?.issuance.issuer !== slug) throw unknownCode()
  await checkTxCode(context, read.flow.id, read.issuance, { code, txCode })
  requireOffered(read.issuance, wanted)

  const tokenKey = await keyOf(context, slug, dpop)
  const taken = await context.store.flows.take('pre-authorized-code', code)
  if (taken === undefined) throw unknownCode()
  return giveToken(context, read.flow.id, wanted, tokenKey)
}

/** The key that the token is to be bound to, if the wallet proves one. */
async function keyOf(context: Context, slug: string, proof: string | undefined) {
  if (proof === undefined) return undefined
  return checkDpop(context, { proof, url: `${issuerUrl(context, slug)}/token` })
}

/** Makes an access token for an issuance, and the answer that carries it. */
async function giveToken(
  context: Context,
  id: string,
  wanted: readonly string[],
  tokenKey: string | undefined,
) {
  const isIdentified = wanted.length > 0
  const { flow, issuance } = await changeIssuance(context, id, (now) => ({
    ...now,
    ...(isIdentified && { isIdentified }),
    ...(tokenKey !== undefined && { tokenKey }),
  }))
  const isImmediate = issuance.approval === 'given'
  const expiresAt = isImmediate ? inSeconds(context, tokenSeconds) : flow.expiresAt
  const accessToken = newSecret()
  await context.store.flows.addSecret(id, { purpose: 'access-token', text: accessToken, expiresAt })
  return {
    access_token: accessToken,
    token_type: tokenKey === undefined ? 'Bearer' : 'DPoP',
    expires_in: Math.floor((expiresAt.getTime() - context.now().getTime()) / 1000),
    ...(isIdentified && {
      authorization_details: wanted.map((configuration) => ({
        type: 'openid_credential',
        credential_configuration_id: configuration,
        credential_identifiers: [identifierOf(configuration)],
      })),
    }),
  }
}

/** `credential_identifier` of what an offer holds in one configuration. */
export function identifierOf(configuration: string): string {
  return `award:${configuration}`
}

async function checkTxCode(
  context: Context,
  id: string,
  { txCode: expected }: Issuance,
  { code, txCode }: { code: string; txCode: string | undefined },
): Promise<void> {
  if (expected === undefined && txCode !== undefined) {
    throw refused('invalid_request', 'tx_code: this offer has none')
  }
  if (expected === undefined) return
  if (txCode === undefined) throw refused('invalid_request', 'tx_code: missing')
  if (txCodeSeal(context, id, txCode) === expected) return
  await context.store.flows.countFailure('pre-authorized-code', code, maxGuesses)
  throw refused('invalid_grant', 'tx_code: it is another one')
}

const Details = z.array(z.looseObject({ type: z.string() })).check(z.minLength(1), z.maxLength(16))
const CredentialDetail = z.looseObject({ credential_configuration_id: z.string() })

/** The configurations that `authorization_details` names; none if it is left out. */
function wantedIn(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const details = Details.safeParse(readJson(text).value)
  const named = details.data?.map((detail) => {
    const known = CredentialDetail.safeParse(detail)
    return detail.type === 'openid_credential' ? known.data?.credential_configuration_id : undefined
  })
  if (named === undefined) throw badDetails()
  return named.map((id) => {
    if (id === undefined) throw badDetails()
    return id
  })
}

function badDetails() {
  return refused(
    'invalid_authorization_details',
    'expected openid_credential with credential_configuration_id',
  )
}

function requireOffered({ configurations }: Issuance, wanted: readonly string[]): void {
  if (wanted.every((id) => Object.hasOwn(configurations, id))) return
  throw refused('invalid_authorization_details', 'a credential_configuration_id is not offered')
}

function unknownCode() {
  return refused('invalid_grant', 'the code is wrong, used or expired')
}
