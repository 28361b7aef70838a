/**
 * Answers of wallets (OpenID4VP 1.0 section 8): refused unless they are proven to be made for this
 * request, by who holds the credentials, of what was asked for. Whether the credentials are good is for
 * the report to say.
 *
 * @module
 */
import { isJsonObject, readJson, type JsonObject } from '#sdk'
import type { Context } from '../context.ts'
import { openJwe } from './encrypted-messages.ts'
import { namesOf, presentationOf, type OpenPresentation } from './presentation-flow.ts'
import { refused } from './refused.ts'
import { responseKey } from './request-object.ts'
import { newSecret } from './secret.ts'
import { verifyAnswer } from './verify-answer.ts'

/** What the wallet is told: where to send the holder's browser, if anywhere. */
export interface AnswerReceived {
  redirect_uri?: string
}

/**
 * Takes an answer in. A request is answered once; one that was refused leaves it open.
 *
 * Throws PROTOCOL_REFUSED with `invalid_request`, and the code of the check that failed if one did.
 */
export async function receiveAnswer(
  context: Context,
  place: string,
  form: Readonly<Record<string, string>>,
): Promise<AnswerReceived> {
  const found = await context.store.flows.bySecret('response-place', place)
  const open = found && presentationOf(found.flow)
  if (open?.presentation.state !== 'open') {
    throw refused('invalid_request', 'this request is unknown, over, or answered already')
  }
  const { error, state, vp_token: token } = await openAnswer(context, open, form)
  if (state !== namesOf(context, open.flow.id).state) {
    throw refused('invalid_request', 'state: it is unknown')
  }
  if (error !== undefined) return decline(context, open, place, error)
  if (!isJsonObject(token)) throw refused('invalid_request', 'vp_token: expected an object')
  const result = await verifyAnswer(context, open, token)
  return finish(context, open, place, { state: 'answered', result })
}

/** The parameters of an answer, from the form or from within its encryption. */
async function openAnswer(
  context: Context,
  { flow, presentation }: OpenPresentation,
  form: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const { response, vp_token: token, ...rest } = form
  const wantsEncryption = presentation.responseMode === 'direct_post.jwt'
  if (response !== undefined && wantsEncryption) return decrypt(context, flow.id, response)
  // Errors may come in the open: there may have been no key that the wallet could use.
  const isError = rest['error'] !== undefined && token === undefined
  if (wantsEncryption !== (response !== undefined) && !isError) {
    throw refused('invalid_request', `expected an answer by ${presentation.responseMode}`)
  }
  return { ...rest, ...(token !== undefined && { vp_token: readJson(token).value ?? null }) }
}

async function decrypt(context: Context, id: string, jwe: string): Promise<JsonObject> {
  const content = await openJwe(jwe, responseKey(context, id).privateJwk)
  if (content !== undefined) return content
  throw refused('invalid_request', 'response: it does not open with the key of this request')
}

async function decline(
  context: Context,
  open: OpenPresentation,
  place: string,
  error: unknown,
): Promise<AnswerReceived> {
  const code = typeof error === 'string' && /^\w{1,64}$/.test(error) ? error : 'unknown'
  return finish(context, open, place, { state: 'declined', error: code })
}

/** Closes the request; of two answers at the same time, one alone counts. */
async function finish(
  context: Context,
  { flow, presentation }: OpenPresentation,
  place: string,
  outcome: Partial<OpenPresentation['presentation']>,
): Promise<AnswerReceived> {
  const { flows } = context.store
  const taken = await flows.take('response-place', place)
  if (taken === undefined) throw refused('invalid_request', 'this request is answered already')
  await flows.save({ ...flow, data: { ...presentation, ...outcome } })
  const { redirectUri } = presentation
  if (redirectUri === undefined) return {}
  const code = newSecret()
  await flows.addSecret(flow.id, {
    purpose: 'response-code',
    text: code,
    expiresAt: flow.expiresAt,
  })
  return { redirect_uri: `${redirectUri}#response_code=${code}` }
}
