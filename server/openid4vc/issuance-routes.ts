/**
 * OpenID4VCI 1.0: each issuer here is a credential issuer and its own authorization server.
 *
 * @module
 */
import type { Request, Response } from 'express'
import type * as z from 'zod/mini'
import type { JsonObject } from '#sdk'
import type { Context } from '../context.ts'
import { parameter } from '../http/parameter.ts'
import type { Route } from '../http/route.ts'
import { requireAccess } from '../wallet-flows/access.ts'
import { deferredCredential, DeferredRequest } from '../wallet-flows/deferred-credential.ts'
import { answerSealer } from '../wallet-flows/encrypted-messages.ts'
import type { OpenIssuance } from '../wallet-flows/issuance.ts'
import { issuerUrl } from '../wallet-flows/issuer-metadata.ts'
import { makeNonce } from '../wallet-flows/nonce.ts'
import { Notification, noteNotification } from '../wallet-flows/notify.ts'
import { redeemCode } from '../wallet-flows/redeem-code.ts'
import { refused } from '../wallet-flows/refused.ts'
import {
  CredentialRequest,
  requestCredential,
  type CredentialAnswer,
} from '../wallet-flows/request-credential.ts'
import { inProtocol, ProtocolError } from './protocol-errors.ts'
import { readForm, readMessage } from './read-body.ts'

const parameters = { slug: 'Last part of the issuer’s DID.' }
const refusals = {
  400: { description: 'Refused, with the code of the standard.', schema: ProtocolError },
  401: { description: 'No access token, or none that is good.', schema: ProtocolError },
} as const

/** What wallets call to receive credentials. */
export function issuanceRoutes(context: Context): readonly Route[] {
  const post = (
    place: string,
    name: string,
    summary: string,
    handle: (request: Request, response: Response, slug: string) => Promise<void>,
  ): Route => ({
    method: 'post',
    path: `/issuers/:slug/${place}`,
    caller: 'wallet',
    name,
    summary,
    parameters,
    answers: { 200: { description: 'As the standard says.' }, ...refusals },
    errors: ['BODY_TOO_LARGE', 'CHAIN_UNREACHABLE'],
    handle: inProtocol((request, response) =>
      handle(request, response, parameter(request, 'slug')),
    ),
  })
  const accessOf = (request: Request, slug: string, place: string) =>
    requireAccess(context, slug, {
      authorization: request.headers.authorization,
      dpop: request.get('dpop'),
      url: `${issuerUrl(context, slug)}/${place}`,
    })
  /** Reads, opens, asks, seals. */
  const exchange =
    <S extends z.ZodMiniType<object>>(
      place: string,
      schema: S,
      ask: (access: OpenIssuance, content: z.output<S>) => Promise<CredentialAnswer>,
    ) =>
    async (request: Request, response: Response, slug: string) => {
      const access = await accessOf(request, slug, place)
      const error = 'invalid_credential_request'
      const { content, wasEncrypted } = await readMessage(context, request, error)
      const asked = accepted(schema, content, error)
      const seal = await answerSealer(content, wasEncrypted)
      const answer = await ask(access, asked)
      response.status('transaction_id' in answer ? 202 : 200)
      if (seal === undefined) response.json(answer)
      else response.type('application/jwt').send(await seal(answer))
    }

  return [
    post('token', 'getToken', 'Redeems a code (section 6).', async (request, response, slug) => {
      const form = await readForm(request)
      response.json(await redeemCode(context, slug, { form, dpop: request.get('dpop') }))
    }),
    post('nonce', 'getNonce', 'A nonce for key proofs (section 7).', (_request, response, slug) => {
      response.json({ c_nonce: makeNonce(context, issuerUrl(context, slug)) })
      return Promise.resolve()
    }),
    post(
      'credential',
      'getCredentialByToken',
      'Issues a credential to the keys that the wallet proves to hold (section 8).',
      exchange('credential', CredentialRequest, (access, asked) =>
        requestCredential(context, access, asked),
      ),
    ),
    post(
      'deferred-credential',
      'getDeferredCredential',
      'Hands out what had to be approved first (section 9).',
      exchange('deferred-credential', DeferredRequest, (access, asked) =>
        deferredCredential(context, access, asked),
      ),
    ),
    post(
      'notification',
      'notify',
      'What became of credentials in the wallet (section 11).',
      async (request, response, slug) => {
        const access = await accessOf(request, slug, 'notification')
        const error = 'invalid_notification_request'
        const { content } = await readMessage(context, request, error)
        await noteNotification(context, access, accepted(Notification, content, error))
        response.status(204).end()
      },
    ),
  ]
}

function accepted<S extends z.ZodMiniType>(
  schema: S,
  content: JsonObject,
  error: string,
): z.output<S> {
  const result = schema.safeParse(content)
  if (result.success) return result.data
  const members = result.error.issues.map(({ path }) => path.join('.'))
  throw refused(error, `missing or malformed: ${members.join(', ')}`)
}
