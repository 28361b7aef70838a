/**
 * Where wallets find out what an issuer can do. The well-known part stands between host and path
 * (OpenID4VCI 1.0 section 12.2.2, RFC 8414 section 3.1, SD-JWT VC section 5).
 *
 * @module
 */
import { RegistryError } from '#sdk'
import type { Context } from '../context.ts'
import { parameter } from '../http/parameter.ts'
import type { Route } from '../http/route.ts'
import {
  authorizationServerMetadata,
  issuerMetadata,
  signedIssuerMetadata,
} from '../wallet-flows/issuer-metadata.ts'
import { issuerKeys } from '../wallet-flows/issuer-keys.ts'

const parameters = { slug: 'Last part of the issuer’s DID.' }

/** Metadata of issuers. */
export function metadataRoutes(context: Context): readonly Route[] {
  const base = new URL(context.config.baseUrl).pathname.replace(/\/$/, '')
  const at = (name: string) => `/.well-known/${name}${base}/issuers/:slug`
  return [
    {
      method: 'get',
      path: at('openid-credential-issuer'),
      caller: 'public',
      name: 'getCredentialIssuerMetadata',
      summary: 'What this issuer can put into wallets; signed, if application/jwt is asked for.',
      parameters,
      answers: { 200: { description: 'Credential issuer metadata (OpenID4VCI 1.0).' } },
      errors: ['ISSUER_UNKNOWN', 'ISSUER_NOT_READY'],
      async handle(request, response) {
        const slug = parameter(request, 'slug')
        response.vary('Accept')
        if (request.accepts('application/json', 'application/jwt') === 'application/jwt') {
          response.type('application/jwt').send(await signedIssuerMetadata(context, slug))
          return
        }
        response.json(await issuerMetadata(context, slug))
      },
    },
    {
      method: 'get',
      path: at('oauth-authorization-server'),
      caller: 'public',
      name: 'getAuthorizationServerMetadata',
      summary: 'How wallets get access tokens of this issuer.',
      parameters,
      answers: { 200: { description: 'Authorization server metadata (RFC 8414).' } },
      errors: ['ISSUER_UNKNOWN'],
      async handle(request, response) {
        const slug = parameter(request, 'slug')
        const issuer = await context.store.issuers.bySlug(slug)
        if (issuer === undefined) throw new RegistryError('ISSUER_UNKNOWN', { issuer: slug })
        response.json(authorizationServerMetadata(context, slug))
      },
    },
    {
      method: 'get',
      path: at('jwt-vc-issuer'),
      caller: 'public',
      name: 'getJwtVcIssuer',
      summary: 'The keys of this issuer, for verifiers of SD-JWT VCs.',
      parameters,
      answers: { 200: { description: 'JWT VC issuer metadata.' } },
      errors: ['ISSUER_UNKNOWN'],
      async handle(request, response) {
        response.json(await issuerKeys(context, parameter(request, 'slug')))
      },
    },
  ]
}
