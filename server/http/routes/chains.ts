import { chainProgress } from '../../anchoring/chain-progress.ts'
import type { Context } from '../../context.ts'
import { ChainsAnswer } from '../answers.ts'
import type { Route } from '../route.ts'

/** The chains that this server writes to. */
export function chainRoutes(context: Context): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/v1/chains',
      caller: 'public',
      name: 'getChains',
      summary: 'How far each chain is, and what is not final there yet.',
      answers: { 200: { description: 'Every configured chain.', schema: ChainsAnswer } },
      errors: [],
      async handle(_request, response) {
        response.json({ chains: await chainProgress(context) })
      },
    },
  ]
}
