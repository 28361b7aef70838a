import { createHash } from 'node:crypto'
import { RegistryError } from '#sdk'
import type { Context } from '../../context.ts'
import { listName, statusListCredential } from '../../issuing/status-list-credential.ts'
import { parameter } from '../parameter.ts'
import type { Route } from '../route.ts'

/** Status lists (Bitstring Status List v1.0), as the entries of credentials name them. */
export function statusListRoutes(context: Context): readonly Route[] {
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
      async handle(request, response) {
        const path = ['slug', 'list', 'purpose'].map((part) => parameter(request, part))
        const name = listName(path)
        if (name === undefined)
          throw new RegistryError('STATUS_LIST_UNKNOWN', { list: path.join('/') })
        const text = await statusListCredential(context, name)
        response
          .type('application/vc+jwt')
          .set('Cache-Control', 'public, max-age=30')
          .set('ETag', `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`)
          .send(text)
      },
    },
  ]
}
