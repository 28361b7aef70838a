import { RegistryError } from '#sdk'
import type { Context } from '../context.ts'
import { findPresentation, type Presentation } from './presentation-flow.ts'

/** What came of a request, for whoever made it. */
export interface RequestState {
  state: Presentation['state']
  /** The wallet's own code, where it declined. */
  error?: string
  result?: unknown
}

/**
 * What came of a request. Where the holder's browser came back with a `response_code`, only that gives
 * the result: it shows that the answer is of the session that asked (OpenID4VP 1.0 section 14.2).
 *
 * Throws FLOW_UNKNOWN, also for a wrong code.
 */
export async function requestState(
  context: Context,
  state: string,
  responseCode: string | undefined,
): Promise<RequestState> {
  const { flow, presentation } = await findPresentation(context, state)
  const { state: reached, redirectUri, error, result } = presentation
  if (reached === 'answered' && redirectUri !== undefined) {
    const found = await context.store.flows.bySecret('response-code', responseCode ?? '')
    if (found?.flow.id !== flow.id) {
      throw new RegistryError('FLOW_UNKNOWN', { flow: 'of this response_code' })
    }
  }
  return {
    state: reached,
    ...(error !== undefined && { error }),
    ...(result !== undefined && { result }),
  }
}
