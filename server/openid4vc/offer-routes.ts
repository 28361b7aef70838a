/**
 * Making offers, which takes the token; and reading one, which takes its link.
 *
 * @module
 */
import * as z from 'zod/mini'
import { parse } from '#sdk'
import type { Context } from '../context.ts'
import { parameter } from '../http/parameter.ts'
import type { Route } from '../http/route.ts'
import { decideOffer, offerState } from '../wallet-flows/approve-offer.ts'
import { makeOffer, OfferRequest } from '../wallet-flows/make-offer.ts'
import { showOffer } from '../wallet-flows/show-offer.ts'

const text = z.string()

const OfferAnswer = z.strictObject({
  id: text,
  uri: text,
  txCode: z.optional(text),
  credentialId: text,
  configurations: z.array(text),
  expiresAt: text,
})

const OfferStateAnswer = z.strictObject({
  id: text,
  credentialId: text,
  approval: z.enum(['given', 'pending', 'refused']),
  configurations: z.record(
    text,
    z.strictObject({
      state: z.enum(['open', 'issuing', 'pending', 'issued']),
      event: z.optional(text),
      credentials: z.optional(z.array(text)),
    }),
  ),
  expiresAt: text,
})

const Decision = z.strictObject({ approved: z.boolean() })

/** Offers of credentials to wallets. */
export function offerRoutes(context: Context): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/issuers/:slug/offers',
      caller: 'token',
      name: 'makeOffer',
      summary: 'Offers a credential to whoever gets the offer’s URI.',
      parameters: { slug: 'Last part of the issuer’s DID.' },
      body: { schema: OfferRequest, limitBytes: 524_288 },
      answers: {
        201: { description: 'The offer. The code goes another way.', schema: OfferAnswer },
      },
      errors: [
        'TOKEN_INVALID',
        'ISSUER_UNKNOWN',
        'ISSUER_NOT_READY',
        'NOT_ACCREDITED',
        'CHAIN_UNREACHABLE',
      ],
      async handle(request, response) {
        const asked = parse(OfferRequest, request.body, 'offer')
        const offer = await makeOffer(context, parameter(request, 'slug'), asked)
        response
          .status(201)
          .location(`${context.config.baseUrl}/offers/${offer.id}`)
          .set('Cache-Control', 'no-store')
          .json(offer)
      },
    },
    {
      method: 'get',
      path: '/issuers/:slug/offers/:offer',
      caller: 'locator',
      name: 'getOffer',
      summary: 'The credential offer behind a link (OpenID4VCI 1.0 section 4.1.3).',
      parameters: {
        slug: 'Last part of the issuer’s DID.',
        offer: 'The unguessable part of the link.',
      },
      answers: { 200: { description: 'The offer, as wallets read it.' } },
      errors: ['FLOW_UNKNOWN'],
      async handle(request, response) {
        const [slug, offer] = [parameter(request, 'slug'), parameter(request, 'offer')]
        response.set('Cache-Control', 'no-store').json(await showOffer(context, slug, offer))
      },
    },
    {
      method: 'get',
      path: '/offers/:offer',
      caller: 'token',
      name: 'getOfferState',
      summary: 'How far an offer has come.',
      parameters: { offer: 'Its `id`.' },
      answers: { 200: { description: 'Its state.', schema: OfferStateAnswer } },
      errors: ['FLOW_UNKNOWN'],
      async handle(request, response) {
        response.json(await offerState(context, parameter(request, 'offer')))
      },
    },
    {
      method: 'post',
      path: '/offers/:offer/decision',
      caller: 'token',
      name: 'decideOffer',
      summary: 'Approves or refuses an offer that waits for it.',
      parameters: { offer: 'Its `id`.' },
      body: { schema: Decision, limitBytes: 1_024 },
      answers: { 200: { description: 'Its state then.', schema: OfferStateAnswer } },
      errors: [
        'FLOW_UNKNOWN',
        'ISSUER_NOT_READY',
        'NOT_ACCREDITED',
        'CREDENTIAL_EXISTS',
        'AWARD_REVOKED',
        'CHAIN_UNREACHABLE',
        'PROTOCOL_REFUSED',
      ],
      async handle(request, response) {
        const { approved } = parse(Decision, request.body, 'decision')
        response.json(await decideOffer(context, parameter(request, 'offer'), approved))
      },
    },
  ]
}
