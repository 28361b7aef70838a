import { createHash } from 'node:crypto'
import { RegistryError, tokenStatusListType, typeMetadata } from '#sdk'
import type { Response } from 'express'
import type { Context } from '../../context.ts'
import {
  listName,
  statusListCredential,
  tokenListName,
  type ListName,
} from '../../issuing/status-list-credential.ts'
import { TypeMetadataAnswer } from '../answers.ts'
import { parameter } from '../parameter.ts'
import type { Route } from '../route.ts'

const tokenMediaType = `application/${tokenStatusListType}`

/** What credentials point to: status lists (Bitstring Status List v1.0, Token Status List), type metadata. */
export function statusListRoutes(context: Context): readonly Route[] {
  const serve = async (
    response: Response,
    mediaType: string,
    path: readonly string[],
    name: ListName | undefined,
  ) => {
    if (name === undefined) throw new RegistryError('STATUS_LIST_UNKNOWN', { list: path.join('/') })
    const text = await statusListCredential(context, name)
    response
      .type(mediaType)
      .set('Cache-Control', 'public, max-age=30')
      .set('ETag', `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`)
      .send(text)
  }
  return [
    {
      method: 'get',
      path: '/issuers/:slug/status/:list/:purpose',
      caller: 'public',
      name: 'getStatusList',
      summary: 'A status list, made from the words on chain and signed by the issuer.',
      parameters: {
        slug: 'Last part of the issuer’s DID.',
        list: 'Number of the list.',
        purpose: '`revocation` or `suspension`.',
      },
      answers: {
        200: {
          description: 'A BitstringStatusListCredential that names the block it was read at.',
          mediaType: 'application/vc+jwt',
        },
      },
      errors: ['ISSUER_UNKNOWN', 'STATUS_LIST_UNKNOWN', 'CHAIN_UNREACHABLE'],
      handle: (request, response) => {
        const path = ['slug', 'list', 'purpose'].map((part) => parameter(request, part))
        return serve(response, 'application/vc+jwt', path, listName(path))
      },
    },
    {
      method: 'get',
      path: '/issuers/:slug/token-status/:list',
      caller: 'public',
      name: 'getTokenStatusList',
      summary: 'An IETF Token Status List, made from the words on chain and signed by the issuer.',
      parameters: { slug: 'Last part of the issuer’s DID.', list: 'Number of the list.' },
      answers: {
        200: {
          description: 'Two bits for each credential: valid, revoked or suspended.',
          mediaType: tokenMediaType,
        },
      },
      errors: ['ISSUER_UNKNOWN', 'STATUS_LIST_UNKNOWN', 'CHAIN_UNREACHABLE'],
      handle: (request, response) => {
        const path = ['slug', 'list'].map((part) => parameter(request, part))
        return serve(response, tokenMediaType, path, tokenListName(path))
      },
    },
    {
      method: 'get',
      path: '/vct/:type/:version',
      caller: 'public',
      name: 'getTypeMetadata',
      summary: 'Type metadata of SD-JWT VCs that are issued here: the address is their `vct`.',
      parameters: { type: 'Type of the credential.', version: '`v1`.' },
      answers: { 200: { description: 'SD-JWT VC Type Metadata.', schema: TypeMetadataAnswer } },
      errors: ['ROUTE_UNKNOWN'],
      handle(request, response) {
        const [type, version] = [parameter(request, 'type'), parameter(request, 'version')]
        const metadata = typeMetadata(context.config.baseUrl, type, version)
        if (metadata === undefined) throw new RegistryError('ROUTE_UNKNOWN', { path: request.path })
        response.set('Cache-Control', 'public, max-age=86400').json(metadata)
      },
    },
  ]
}
