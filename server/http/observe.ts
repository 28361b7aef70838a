import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import type { Metrics } from './metrics.ts'

/** Notes each answer in log and metrics: the pattern of its path, never the path, which holds locators. */
export function observe({ log }: Pick<Context, 'log'>, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now()
    response.once('finish', () => {
      const seconds = (performance.now() - begun) / 1000
      const { method } = request
      const { statusCode: status } = response
      const route = routeOf(response.locals)
      metrics.answered({ method, route, status }, seconds)
      log.info('request', { method, route, status, milliseconds: Math.round(seconds * 1000) })
    })
    next()
  }
}

/** Set by the route that was found. */
function routeOf({ route }: { route?: unknown }): string {
  return typeof route === 'string' ? route : 'none'
}
