import { randomUUID } from 'node:crypto'
import { DcqlQuery, Format, RegistryError } from '#sdk'
import * as z from 'zod/mini'
import type { Context } from '../context.ts'
import { namesOf, ResponseMode, type Presentation } from './presentation-flow.ts'
import { inSeconds } from './secret.ts'
import { ClientIdPrefix, verifierIdentity, verifierPath } from './verifier-identity.ts'

/** Body of `POST /requests`: what an employer asks a holder for. */
export const PresentationRequest = z.strictObject({
  /** DCQL. */
  query: DcqlQuery,
  options: z.optional(
    z.strictObject({
      /** `direct_post.jwt` if left out. */
      responseMode: z.optional(ResponseMode),
      /** `decentralized_identifier` if left out. */
      clientIdPrefix: z.optional(ClientIdPrefix),
      /** Same device: where the holder's browser goes then. The result wants the code that it brings. */
      redirectUri: z.optional(z.url({ protocol: /^https?$/ }).check(z.maxLength(2_048))),
      /** How long the request may be answered; ten minutes if left out. */
      expiresInSeconds: z.optional(z.int().check(z.gte(60), z.lte(86_400))),
    }),
  ),
})
export type PresentationRequest = z.infer<typeof PresentationRequest>

/** A request as it is handed out. */
export interface MadeRequest {
  /** Stands for the request when its result is asked for. */
  state: string
  /** `openid4vp://…`, by reference; show it as a QR code or a link. */
  uri: string
  expiresAt: string
}

/** How long a result is kept. */
const keepSeconds = 86_400

/** Asks for credentials. Throws INPUT_INVALID for a query that nobody could answer. */
export async function makeRequest(
  context: Context,
  { query, options = {} }: PresentationRequest,
): Promise<MadeRequest> {
  requireAnswerable(query)
  const { responseMode = 'direct_post.jwt', redirectUri, expiresInSeconds = 600 } = options
  const { clientIdPrefix = 'decentralized_identifier' } = options
  const id = randomUUID()
  const { request, response, state } = namesOf(context, id)
  const expiresAt = inSeconds(context, expiresInSeconds)
  const presentation: Presentation = {
    query,
    responseMode,
    clientIdPrefix,
    ...(redirectUri !== undefined && { redirectUri }),
    state: 'open',
  }
  const keptUntil = inSeconds(context, expiresInSeconds + keepSeconds)
  await context.store.flows.open(
    { id, kind: 'presentation', data: presentation, expiresAt: keptUntil },
    [
      { purpose: 'request-object', text: request, expiresAt },
      { purpose: 'response-place', text: response, expiresAt },
      { purpose: 'state', text: state, expiresAt: keptUntil },
    ],
  )
  const parameters = new URLSearchParams({
    client_id: verifierIdentity(context, clientIdPrefix).clientId,
    request_uri: `${context.config.baseUrl}${verifierPath}/requests/${request}`,
    request_uri_method: 'post',
  })
  return {
    state,
    uri: `openid4vp://?${parameters.toString()}`,
    expiresAt: expiresAt.toISOString(),
  }
}

function requireAnswerable({ credentials }: DcqlQuery): void {
  const problems = credentials.flatMap(({ id, format, ...rest }) => [
    ...(Format.safeParse(format).success ? [] : [`${id}.format: not one that is verified here`]),
    ...(rest.require_cryptographic_holder_binding === false
      ? [`${id}.require_cryptographic_holder_binding: copies are not believed here`]
      : []),
    ...(rest.trusted_authorities === undefined
      ? []
      : [`${id}.trusted_authorities: the policy says who is trusted`]),
  ])
  if (problems.length > 0) throw new RegistryError('INPUT_INVALID', { input: 'query', problems })
}
