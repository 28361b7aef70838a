import { Format, parse, Receipt, RegistryError } from '#sdk'
import type { Context } from '../../context.ts'
import { changeStatus, StatusRequest } from '../../issuing/change-status.ts'
import { IssueRequest } from '../../issuing/credential-request.ts'
import { credentialReceipt, credentialState } from '../../issuing/credential-state.ts'
import { findCredential } from '../../issuing/find-award.ts'
import { issueAward } from '../../issuing/issue-credential.ts'
import { securedCredential } from '../../issuing/secured-credential.ts'
import {
  AnchoringAnswer,
  CredentialAnswer,
  IssuedAnswer,
  StateAnswer,
  StatusAnswer,
} from '../answers.ts'
import type { Metrics } from '../metrics.ts'
import { parameter, queried } from '../parameter.ts'
import type { Route } from '../route.ts'

const locator =
  'Random name of the credential: whoever has the credential finds it there, in `receipt`.'
const credentialLimit = 524_288

/** Issuing credentials (VCALM section 3.4), and what becomes of them. */
export function credentialRoutes(context: Context, metrics: Metrics): readonly Route[] {
  const { config } = context
  return [
    {
      method: 'post',
      path: '/credentials/issue',
      caller: 'token',
      name: 'issueCredential',
      summary: 'Signs a credential, in one format or several, and stores it for the next batch.',
      body: { schema: IssueRequest, limitBytes: credentialLimit },
      answers: {
        201: {
          description:
            'The signed credential; Location names it. One for each format, in their order, where ' +
            '`options.format` is a list; Location then names the first.',
          schema: IssuedAnswer,
        },
      },
      errors: [
        'TOKEN_INVALID',
        'ISSUER_UNKNOWN',
        'ISSUER_NOT_READY',
        'NOT_ACCREDITED',
        'CREDENTIAL_EXISTS',
        'AWARD_REVOKED',
        'CHAIN_UNREACHABLE',
      ],
      async handle(request, response) {
        const wanted = parse(IssueRequest, request.body, 'request')
        const issued = await issueAward(context, wanted)
        for (const { format } of issued) metrics.issued(format)
        const [first] = issued
        const documents = issued.map(({ secured }) => secured)
        response
          .status(201)
          .location(`${config.baseUrl}/credentials/${first?.locator ?? ''}`)
          .set('Cache-Control', 'no-store')
          .json({
            verifiableCredential: Array.isArray(wanted.options?.format) ? documents : documents[0],
          })
      },
    },
    {
      method: 'get',
      path: '/credentials/:credential',
      caller: 'token',
      name: 'getCredential',
      summary: 'Gives out a credential again.',
      parameters: { credential: 'Its `id`, percent-encoded, or its locator.' },
      query: { format: { description: 'One of the formats of the award.', schema: Format } },
      answers: { 200: { description: 'The credential.', schema: CredentialAnswer } },
      errors: ['CREDENTIAL_UNKNOWN', 'INPUT_INVALID'],
      async handle(request, response) {
        const format = queried(request, 'format', Format)
        const credential = await findCredential(context, parameter(request, 'credential'), format)
        response
          .set('Cache-Control', 'no-store')
          .json({ verifiableCredential: securedCredential(credential) })
      },
    },
    {
      method: 'get',
      path: '/credentials/:locator/receipt',
      caller: 'locator',
      name: 'getReceipt',
      summary: 'The receipt of a credential, once its batch is final on a chain.',
      parameters: { locator },
      answers: {
        200: { description: 'The receipt. Keep it beside the credential.', schema: Receipt },
        202: { description: 'Not yet; ask again after Retry-After.', schema: AnchoringAnswer },
      },
      errors: ['CREDENTIAL_UNKNOWN', 'CREDENTIAL_LAPSED'],
      async handle(request, response) {
        const name = parameter(request, 'locator')
        const found = await credentialReceipt(context, name)
        response.set('Cache-Control', 'no-store')
        if (found.receipt !== undefined) {
          response.json(found.receipt)
          return
        }
        const { lapsed: reason } = found.anchoring
        if (reason !== undefined) {
          throw new RegistryError('CREDENTIAL_LAPSED', { credential: name, reason })
        }
        response
          .status(202)
          .set('Retry-After', String(Math.min(config.batchSeconds, 30)))
          .json(found.anchoring)
      },
    },
    {
      method: 'get',
      path: '/credentials/:locator/state',
      caller: 'locator',
      name: 'getState',
      summary: 'How far a credential has come, and what is wanted of it.',
      parameters: { locator },
      answers: { 200: { description: 'Its state.', schema: StateAnswer } },
      errors: ['CREDENTIAL_UNKNOWN'],
      async handle(request, response) {
        const state = await credentialState(context, parameter(request, 'locator'))
        response.set('Cache-Control', 'no-store').json(state)
      },
    },
    {
      method: 'post',
      path: '/credentials/status',
      caller: 'token',
      name: 'updateCredentialStatus',
      summary: 'Revokes, suspends or reinstates an award in all its formats.',
      body: { schema: StatusRequest, limitBytes: 65_536 },
      answers: {
        200: { description: 'What is wanted of the award now.', schema: StatusAnswer },
      },
      errors: ['CREDENTIAL_UNKNOWN', 'REVOCATION_FINAL'],
      async handle(request, response) {
        const change = parse(StatusRequest, request.body, 'request')
        response.json(await changeStatus(context, change))
      },
    },
  ]
}
