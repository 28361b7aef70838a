import { parse } from '#sdk'
import type { Context } from '../../context.ts'
import { createIssuer } from '../../issuing/create-issuer.ts'
import { describeIssuer, summaryOf } from '../../issuing/describe-issuer.ts'
import { didDocumentOf } from '../../issuing/did-document.ts'
import { NewIssuer } from '../../issuing/issuer-input.ts'
import { DidDocumentAnswer, IssuerAnswer, IssuersAnswer } from '../answers.ts'
import { parameter } from '../parameter.ts'
import type { Route } from '../route.ts'

const slug = 'Last part of the issuer’s DID.'

/** The legal entities that issue here. */
export function issuerRoutes(context: Context): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/issuers',
      caller: 'token',
      name: 'createIssuer',
      summary: 'Makes a legal entity an issuer, with a key and an account of its own.',
      body: { schema: NewIssuer, limitBytes: 65_536 },
      answers: { 201: { description: 'What it still lacks to issue.', schema: IssuerAnswer } },
      errors: ['ISSUER_EXISTS'],
      async handle(request, response) {
        const issuer = await createIssuer(context, parse(NewIssuer, request.body, 'issuer'))
        const location = `${context.config.baseUrl}/issuers/${issuer.slug}`
        response
          .status(201)
          .location(location)
          .json(await describeIssuer(context, issuer.slug))
      },
    },
    {
      method: 'get',
      path: '/issuers',
      caller: 'public',
      name: 'listIssuers',
      summary: 'Lists the issuers.',
      answers: { 200: { description: 'All of them, oldest first.', schema: IssuersAnswer } },
      errors: [],
      async handle(_request, response) {
        const issuers = await context.store.issuers.list()
        response.json({ issuers: issuers.map(summaryOf) })
      },
    },
    {
      method: 'get',
      path: '/issuers/:slug',
      caller: 'public',
      name: 'describeIssuer',
      summary: 'Describes an issuer, and says what it lacks on each chain to issue.',
      parameters: { slug },
      answers: { 200: { description: 'The issuer.', schema: IssuerAnswer } },
      errors: ['ISSUER_UNKNOWN'],
      async handle(request, response) {
        response.json(await describeIssuer(context, parameter(request, 'slug')))
      },
    },
    {
      method: 'get',
      path: '/issuers/:slug/did.json',
      caller: 'public',
      name: 'resolveIssuer',
      summary: 'The DID document of an issuer (did:web).',
      parameters: { slug },
      answers: {
        200: {
          description: 'The document, retired keys included.',
          mediaType: 'application/did+json',
          schema: DidDocumentAnswer,
        },
      },
      errors: ['ISSUER_UNKNOWN'],
      async handle(request, response) {
        const document = await didDocumentOf(context, parameter(request, 'slug'))
        // One document is both representations: it has a context, and JSON readers pass over it.
        const mediaType = request.accepts('application/did+json', 'application/did+ld+json')
        response
          .type(mediaType === false ? 'application/did+json' : mediaType)
          .send(JSON.stringify(document))
      },
    },
  ]
}
