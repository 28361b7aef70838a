/**
 * The authorization code flow (OpenID4VCI 1.0 section 5) for offers whose holder signs in: pushed
 * authorization requests (RFC 9126) and PKCE with S256 (RFC 7636) only.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import type { Context, SignIn } from '../context.ts'
import { issuanceOf, type OpenIssuance } from './issuance.ts'
import { issuerUrl } from './issuer-metadata.ts'
import { refused } from './refused.ts'
import { inSeconds, newSecret } from './secret.ts'

type Form = Readonly<Record<string, string>>

/** So long a pushed request may be used, and a code. */
const pushedSeconds = 90
const codeSeconds = 60
const requestUriPrefix = 'urn:ietf:params:oauth:request_uri:'

/** What a wallet pushes; other parameters are ignored. */
const PushedRequest = z.looseObject({
  client_id: z.string().check(z.minLength(1), z.maxLength(2_048)),
  response_type: z.literal('code'),
  redirect_uri: z.url().check(z.maxLength(2_048)),
  code_challenge: z.string().check(z.regex(/^[\w-]{43}$/)),
  code_challenge_method: z.literal('S256'),
  issuer_state: z.string(),
  state: z.optional(z.string().check(z.maxLength(2_048))),
  request_uri: z.optional(z.never()),
})

/** What is kept of it with the request, then with the code. */
const Pushed = z.object({
  client: z.string(),
  redirectUri: z.string(),
  challenge: z.string(),
  state: z.optional(z.string()),
})

/** Takes in what a wallet wants to be authorised for. Throws PROTOCOL_REFUSED with `invalid_request`. */
export async function pushRequest(context: Context, slug: string, form: Form) {
  const pushed = PushedRequest.safeParse(form)
  if (!pushed.success) {
    const members = pushed.error.issues.map(({ path }) => path.join('.'))
    throw refused('invalid_request', `missing or malformed: ${members.join(', ')}`)
  }
  const { client_id: client, redirect_uri: redirectUri, code_challenge: challenge } = pushed.data
  if (/^(?:javascript|data|file|blob):/i.test(redirectUri)) {
    throw refused('invalid_request', 'redirect_uri: browsers do not go there')
  }
  const { issuer_state: issuerState, state } = pushed.data
  const found = await context.store.flows.bySecret('issuer-state', issuerState)
  if (found === undefined || issuanceOf(found.flow).issuance.issuer !== slug) {
    throw refused('invalid_request', 'issuer_state: the offer is unknown, or over')
  }
  const request = newSecret()
  await context.store.flows.addSecret(found.flow.id, {
    purpose: 'pushed-request',
    text: request,
    expiresAt: inSeconds(context, pushedSeconds),
    detail: { client, redirectUri, challenge, ...(state !== undefined && { state }), issuerState },
  })
  return { request_uri: `${requestUriPrefix}${request}`, expires_in: pushedSeconds }
}

/** The page where the holder signs in for a pushed request. Throws PROTOCOL_REFUSED. */
export async function signInPage(context: Context, slug: string, query: Form): Promise<string> {
  await findPushed(context, slug, query)
  const { client_id: client = '', request_uri: uri = '' } = query
  return signInOf(context).page({ client_id: client, request_uri: uri })
}

/** Lets a holder who signed in go back to the wallet: the address, with a code. */
export async function authorise(context: Context, slug: string, form: Form): Promise<string> {
  const { request, flow, pushed, issuerState } = await findPushed(context, slug, form)
  if (!(await signInOf(context).accepts(form))) throw refused('access_denied', 'not signed in')
  const { flows } = context.store
  const taken = await flows.take('pushed-request', request)
  // One offer, one code: whoever signs in second comes too late.
  const offered = taken && (await flows.take('issuer-state', issuerState))
  if (offered === undefined) throw refused('invalid_request', 'it was used before')
  const code = newSecret()
  await flows.addSecret(flow.id, {
    purpose: 'authorization-code',
    text: code,
    expiresAt: inSeconds(context, codeSeconds),
    detail: pushed,
  })
  const back = new URL(pushed.redirectUri)
  back.searchParams.set('code', code)
  if (pushed.state !== undefined) back.searchParams.set('state', pushed.state)
  back.searchParams.set('iss', issuerUrl(context, slug))
  return back.href
}

/**
 * Uses an authorization code up. Throws PROTOCOL_REFUSED with `invalid_grant` for a wrong, used or
 * expired one, another client or address, and a verifier that does not fit.
 */
export async function redeemAuthorizationCode(
  context: Context,
  slug: string,
  form: Form,
): Promise<OpenIssuance> {
  const taken = await context.store.flows.take('authorization-code', form['code'] ?? '')
  const pushed = Pushed.safeParse(taken?.detail)
  const read = taken && issuanceOf(taken.flow)
  if (read?.issuance.issuer !== slug || !pushed.success) {
    throw refused('invalid_grant', 'the code is wrong, used or expired')
  }
  const { client, redirectUri, challenge } = pushed.data
  const { code_verifier: verifier = '', client_id: other, redirect_uri: address } = form
  const derived = createHash('sha256').update(verifier).digest('base64url')
  if (other !== client || address !== redirectUri || derived !== challenge) {
    throw refused('invalid_grant', 'client_id, redirect_uri or code_verifier do not fit the code')
  }
  return read
}

async function findPushed(
  context: Context,
  slug: string,
  { client_id: client, request_uri: uri = '' }: Form,
) {
  const request = uri.startsWith(requestUriPrefix) ? uri.slice(requestUriPrefix.length) : ''
  const found = await context.store.flows.bySecret('pushed-request', request)
  const pushed = Pushed.safeParse(found?.detail)
  const kept = z.object({ issuerState: z.string() }).safeParse(found?.detail)
  const read = found && issuanceOf(found.flow)
  if (
    read?.issuance.issuer !== slug ||
    !pushed.success ||
    !kept.success ||
    pushed.data.client !== client
  ) {
    throw refused('invalid_request', 'request_uri: unknown, expired, or another client’s')
  }
  return { request, flow: read.flow, pushed: pushed.data, issuerState: kept.data.issuerState }
}

function signInOf({ signIn }: Context): SignIn {
  if (signIn !== undefined) return signIn
  throw refused('unsupported_grant_type', 'nobody signs in here')
}
