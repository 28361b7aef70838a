import { Bundle, RegistryError } from '#sdk'
import * as z from 'zod/mini'
import type { Context } from '../../context.ts'
import { checkpointOf } from '../../verifying/checkpoint.ts'
import { credentialBundle } from '../../verifying/credential-bundle.ts'
import { AnchoringAnswer } from '../answers.ts'
import { parameter } from '../parameter.ts'
import type { Route } from '../route.ts'

/** Everything for verifying without a network. */
export function bundleRoutes(context: Context): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/credentials/:locator/bundle',
      caller: 'locator',
      name: 'getBundle',
      summary:
        'The credential with all that verifying it offline takes, as of the newest final block.',
      parameters: { locator: 'Random name of the credential, as for its receipt.' },
      answers: {
        200: {
          description: 'The bundle: canonical JSON, to be kept byte by byte.',
          schema: Bundle,
        },
        202: { description: 'Not yet; ask again after Retry-After.', schema: AnchoringAnswer },
      },
      errors: ['CREDENTIAL_UNKNOWN', 'CREDENTIAL_LAPSED', 'CHAIN_UNREACHABLE'],
      async handle(request, response) {
        const name = parameter(request, 'locator')
        const found = await credentialBundle(context, name)
        response.set('Cache-Control', 'no-store')
        if (found.bundle !== undefined) {
          response.type('application/json').send(found.bundle)
          return
        }
        const { lapsed: reason } = found.anchoring
        if (reason !== undefined) {
          throw new RegistryError('CREDENTIAL_LAPSED', { credential: name, reason })
        }
        const seconds = Math.min(context.config.batchSeconds, 30)
        response.status(202).set('Retry-After', String(seconds)).json(found.anchoring)
      },
    },
    {
      method: 'get',
      path: '/checkpoints/:chainId',
      caller: 'public',
      name: 'getCheckpoint',
      summary: 'The newest final block of a chain, signed with the key that its policy names.',
      parameters: { chainId: 'EIP-155 chain id.' },
      answers: {
        200: {
          description: 'The checkpoint: a compact JWS of the type livret-checkpoint+jwt.',
          schema: z.strictObject({ checkpoint: z.string() }),
        },
      },
      errors: ['CHECKPOINT_UNAVAILABLE', 'CHAIN_UNREACHABLE'],
      async handle(request, response) {
        const checkpoint = await checkpointOf(context, Number(parameter(request, 'chainId')))
        response.set('Cache-Control', 'no-store').json({ checkpoint })
      },
    },
  ]
}
