/**
 * Authorization for holders who sign in: pushed requests and the page (OpenID4VCI 1.0 section 5).
 *
 * @module
 */
import type { Context } from '../context.ts'
import { parameter } from '../http/parameter.ts'
import type { Route } from '../http/route.ts'
import { authorise, pushRequest, signInPage } from '../wallet-flows/authorization-code.ts'
import { inProtocol, ProtocolError } from './protocol-errors.ts'
import { readForm } from './read-body.ts'

const parameters = { slug: 'Last part of the issuer’s DID.' }
const refusal = { 400: { description: 'Refused.', schema: ProtocolError } } as const

/** Where wallets and their holders' browsers go before there is a code. */
export function authorizationRoutes(context: Context): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/issuers/:slug/par',
      caller: 'wallet',
      name: 'pushAuthorizationRequest',
      summary: 'Takes in an authorization request (RFC 9126).',
      parameters,
      answers: { 201: { description: 'Where it is found.' }, ...refusal },
      errors: ['BODY_TOO_LARGE'],
      handle: inProtocol(async (request, response) => {
        const form = await readForm(request)
        const pushed = await pushRequest(context, parameter(request, 'slug'), form)
        response.status(201).json(pushed)
      }),
    },
    {
      method: 'get',
      path: '/issuers/:slug/authorize',
      caller: 'wallet',
      name: 'showSignIn',
      summary: 'The page where the holder signs in.',
      parameters,
      answers: { 200: { description: 'The page.', mediaType: 'text/html' }, ...refusal },
      errors: [],
      handle: inProtocol(async (request, response) => {
        const query = Object.entries(request.query).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value] as const] : [],
        )
        const slug = parameter(request, 'slug')
        const page = await signInPage(context, slug, Object.fromEntries(query))
        // The answer to the form leads to a wallet, which is at home anywhere.
        response
          .set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
          .type('html')
          .send(page)
      }),
    },
    {
      method: 'post',
      path: '/issuers/:slug/authorize',
      caller: 'wallet',
      name: 'signIn',
      summary: 'Lets a holder who signed in go back to the wallet, with a code.',
      parameters,
      answers: { 303: { description: 'To the wallet.' }, ...refusal },
      errors: ['BODY_TOO_LARGE'],
      handle: inProtocol(async (request, response) => {
        const form = await readForm(request)
        response.redirect(303, await authorise(context, parameter(request, 'slug'), form))
      }),
    },
  ]
}
