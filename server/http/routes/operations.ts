import { isRegistryError, Policy, RegistryError, type AnyRegistryError } from '#sdk'
import { recogniseChain } from '../../anchoring/reconcile.ts'
import type { Context } from '../../context.ts'
import { recently } from '../../issuing/recent.ts'
import { serverPolicy } from '../../verifying/server-policy.ts'
import { HealthAnswer } from '../answers.ts'
import type { Metrics } from '../metrics.ts'
import type { Route } from '../route.ts'

/** So that asking a thousand times costs one look. */
const rememberMissing = recently<readonly string[]>(2)

/** What whoever runs or trusts the server asks it. */
export function operationRoutes(context: Context, metrics: Metrics): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/policy.json',
      caller: 'public',
      name: 'getPolicy',
      summary:
        'The policy that this server verifies under: the chains that it trusts, and their pins.',
      answers: { 200: { description: 'A policy for verifiers.', schema: Policy } },
      errors: [],
      handle(_request, response) {
        response.json(serverPolicy(context))
      },
    },
    {
      method: 'get',
      path: '/healthz',
      caller: 'public',
      name: 'isAlive',
      summary: 'Whether the process answers.',
      answers: { 200: { description: 'It does.', schema: HealthAnswer } },
      errors: [],
      handle(_request, response) {
        response.json({ status: 'ok' })
      },
    },
    {
      method: 'get',
      path: '/readyz',
      caller: 'public',
      name: 'isReady',
      summary: 'Whether database and at least one chain answer.',
      answers: { 200: { description: 'They do.', schema: HealthAnswer } },
      errors: ['NOT_READY'],
      async handle(_request, response) {
        const look = () => missing(context)
        const waitingFor = await rememberMissing(context, '', context.now(), look)
        if (waitingFor.length > 0) throw new RegistryError('NOT_READY', { waitingFor })
        response.json({ status: 'ok' })
      },
    },
    {
      method: 'get',
      path: '/metrics',
      caller: 'machine',
      name: 'getMetrics',
      summary: 'Figures for Prometheus.',
      answers: { 200: { description: 'Its text format.', mediaType: 'text/plain' } },
      errors: [],
      async handle(_request, response) {
        const { mediaType, text } = await metrics.page()
        response.set('Content-Type', mediaType).send(text)
      },
    },
  ]
}

/**
 * What the server cannot work without, and does not get now. One chain of several is enough, but one
 * that is not the one it was is always told.
 */
async function missing(context: Context): Promise<readonly string[]> {
  const { store, chains } = context
  const [database, ...looks] = await Promise.all([
    problemOf(store.ping()),
    ...chains.map((chain) => problemOf(recogniseChain(context, chain))),
  ])
  const isCutOff = looks.every((problem) => problem !== undefined)
  const outages = chains.flatMap(({ pin }, i) => {
    const problem = looks[i]
    if (problem === undefined) return []
    if (problem.code !== 'CHAIN_UNREACHABLE') return [`chain ${pin.name}: it is not the one it was`]
    return isCutOff ? [`chain ${pin.name}: it does not answer`] : []
  })
  return [...(database === undefined ? [] : ['the database']), ...outages]
}

async function problemOf(asked: Promise<unknown>): Promise<AnyRegistryError | undefined> {
  try {
    await asked
    return undefined
  } catch (error) {
    if (isRegistryError(error)) return error
    throw error
  }
}
