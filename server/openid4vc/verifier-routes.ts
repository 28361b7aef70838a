/**
 * OpenID4VP 1.0: this server asks holders for credentials.
 *
 * @module
 */
import * as z from 'zod/mini'
import { parse } from '#sdk'
import type { Context } from '../context.ts'
import { parameter, queried } from '../http/parameter.ts'
import type { Route } from '../http/route.ts'
import { makeRequest, PresentationRequest } from '../wallet-flows/make-request.ts'
import { receiveAnswer } from '../wallet-flows/receive-answer.ts'
import { refused } from '../wallet-flows/refused.ts'
import { requestObject } from '../wallet-flows/request-object.ts'
import { requestState } from '../wallet-flows/request-state.ts'
import { verifierDocument, verifierPath } from '../wallet-flows/verifier-identity.ts'
import { inProtocol, ProtocolError } from './protocol-errors.ts'
import { readForm } from './read-body.ts'

const text = z.string()
const objectType = 'application/oauth-authz-req+jwt'
const RequestAnswer = z.strictObject({ state: text, uri: text, expiresAt: text })
const StateAnswer = z.strictObject({
  state: z.enum(['open', 'answered', 'declined']),
  error: z.optional(text),
  result: z.optional(
    z.looseObject({
      verdict: z.enum(['valid', 'invalid', 'undecided']),
      presentations: z.array(z.looseObject({ query: text })),
    }),
  ),
})

/** Requests for credentials, and what comes of them. */
export function verifierRoutes(context: Context): readonly Route[] {
  const link = { request: 'The unguessable part of the link.' }
  const object = {
    200: { description: 'The request object, signed.', mediaType: objectType },
  }
  return [
    {
      method: 'post',
      path: '/requests',
      caller: 'token',
      name: 'makeRequest',
      summary: 'Asks for credentials by a DCQL query.',
      body: { schema: PresentationRequest, limitBytes: 131_072 },
      answers: { 201: { description: 'The request.', schema: RequestAnswer } },
      errors: [],
      async handle(request, response) {
        const made = await makeRequest(context, parse(PresentationRequest, request.body, 'request'))
        response.status(201).set('Cache-Control', 'no-store').json(made)
      },
    },
    {
      method: 'get',
      path: '/requests/:state',
      caller: 'token',
      name: 'getRequestState',
      summary: 'What came of a request, with the report check by check.',
      parameters: { state: 'Its `state`.' },
      query: {
        response_code: { description: 'What the holder’s browser came back with.', schema: text },
      },
      answers: { 200: { description: 'Its state.', schema: StateAnswer } },
      errors: ['FLOW_UNKNOWN', 'INPUT_INVALID'],
      async handle(request, response) {
        const code = queried(request, 'response_code', text)
        const state = await requestState(context, parameter(request, 'state'), code)
        response.set('Cache-Control', 'no-store').json(state)
      },
    },
    {
      method: 'get',
      path: `${verifierPath}/did.json`,
      caller: 'public',
      name: 'resolveVerifier',
      summary: 'The DID document under which this server signs requests.',
      answers: { 200: { description: 'The document.', mediaType: 'application/did+json' } },
      errors: [],
      handle(_request, response) {
        response.type('application/did+json').send(JSON.stringify(verifierDocument(context)))
      },
    },
    {
      method: 'get',
      path: `${verifierPath}/requests/:request`,
      caller: 'locator',
      name: 'getRequestObject',
      summary: 'The request object behind a link.',
      parameters: link,
      answers: object,
      errors: ['FLOW_UNKNOWN'],
      async handle(request, response) {
        const signed = await requestObject(context, parameter(request, 'request'))
        response.type(objectType).set('Cache-Control', 'no-store').send(signed)
      },
    },
    {
      method: 'post',
      path: `${verifierPath}/requests/:request`,
      caller: 'wallet',
      name: 'postRequestObject',
      summary: 'The same, with the wallet’s own nonce in it (section 5.10).',
      parameters: link,
      answers: { ...object, 400: { description: 'Refused.', schema: ProtocolError } },
      errors: ['FLOW_UNKNOWN'],
      handle: inProtocol(async (request, response) => {
        const { wallet_nonce: nonce } = await readForm(request)
        if (nonce !== undefined && nonce.length > 512) {
          throw refused('invalid_request', 'wallet_nonce: longer than 512 characters')
        }
        const signed = await requestObject(context, parameter(request, 'request'), nonce)
        response.type(objectType).send(signed)
      }),
    },
    {
      method: 'post',
      path: `${verifierPath}/responses/:response`,
      caller: 'wallet',
      name: 'answerRequest',
      summary: 'Where wallets send their answer (direct_post, direct_post.jwt).',
      parameters: { response: 'The unguessable part of the address.' },
      answers: {
        200: { description: 'Taken in; where the holder’s browser goes, if anywhere.' },
        400: { description: 'Refused.', schema: ProtocolError },
      },
      errors: ['BODY_TOO_LARGE'],
      handle: inProtocol(async (request, response) => {
        const form = await readForm(request, 1_048_576)
        response.json(await receiveAnswer(context, parameter(request, 'response'), form))
      }),
    },
  ]
}
