/**
 * A request for credentials, as it is kept.
 *
 * @module
 */
import { DcqlQuery, parse, RegistryError } from '#sdk'
import * as z from 'zod/mini'
import type { Context, Flow } from '../context.ts'
import { macOf } from './secret.ts'
import { ClientIdPrefix, verifierPath } from './verifier-identity.ts'

/** How a wallet answers (OpenID4VP 1.0 section 8). */
export const ResponseMode = z.enum(['direct_post', 'direct_post.jwt'])

/** What is kept of a request. */
const Presentation = z.strictObject({
  query: DcqlQuery,
  responseMode: ResponseMode,
  clientIdPrefix: ClientIdPrefix,
  /** Where the holder's browser goes after the answer: then the result wants its `response_code`. */
  redirectUri: z.optional(z.string()),
  state: z.enum(['open', 'answered', 'declined']),
  /** What came of it, once answered. */
  result: z.optional(z.unknown()),
  /** The wallet's own code, where it declined. */
  error: z.optional(z.string()),
})
export type Presentation = z.infer<typeof Presentation>

/** A flow of kind `presentation`, read. */
export interface OpenPresentation {
  flow: Flow
  presentation: Presentation
}

/** Reads what was kept. */
export function presentationOf(flow: Flow): OpenPresentation {
  return { flow, presentation: parse(Presentation, flow.data, 'presentation') }
}

/** What a request shows to others; nothing of it is stored in plain text. */
export interface RequestNames {
  /** The unguessable part of the link to the request object … */
  request: string
  /** … and of that for the answer. */
  response: string
  responseUri: string
  state: string
  /** 256 bits; the answer signs it. */
  nonce: string
}

/** The names of a request. */
export function namesOf(context: Pick<Context, 'config'>, id: string): RequestNames {
  const derive = (purpose: string) =>
    macOf(context, `presentation-${purpose}`, id).toString('base64url')
  const response = derive('response')
  return {
    request: derive('request'),
    response,
    responseUri: `${context.config.baseUrl}${verifierPath}/responses/${response}`,
    state: derive('state'),
    nonce: derive('nonce'),
  }
}

/** The request of a `state`. Throws FLOW_UNKNOWN. */
export async function findPresentation(
  { store }: Pick<Context, 'store'>,
  state: string,
): Promise<OpenPresentation> {
  const found = await store.flows.bySecret('state', state)
  if (found?.flow.kind === 'presentation') return presentationOf(found.flow)
  throw new RegistryError('FLOW_UNKNOWN', { flow: 'of this state' })
}
