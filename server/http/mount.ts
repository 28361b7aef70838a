import { RegistryError } from '#sdk'
import { Router, type RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { authorise, authoriseHere } from './authorise.ts'
import { limitRate, type RateLimits } from './limit-rate.ts'
import { readJson } from './read-json.ts'
import type { Route } from './route.ts'

/**
 * Mounts routes: who may not call is turned away before anything is read; other methods at a path
 * that exists get METHOD_NOT_ALLOWED.
 */
export function mount(
  { config }: Pick<Context, 'config'>,
  routes: readonly Route[],
  limits: RateLimits,
): Router {
  const router = Router()
  const withToken = authorise(config)
  const fromHere = authoriseHere(config)
  const verifications = limitRate(config, limits.verifications)
  const reads = limitRate(config, limits.reads)
  const wallets = limitRate(config, limits.wallets)

  const guardOf = ({ caller, method }: Route): RequestHandler => {
    if (caller === 'token') return withToken
    if (caller === 'machine') return fromHere
    if (caller === 'wallet') return wallets
    return method === 'post' ? verifications : reads
  }
  for (const path of literalFirst(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path)
    for (const route of here) {
      const { method, body, handle } = route
      const isForBrowsers =
        method === 'get' && (route.caller === 'public' || route.caller === 'locator')
      router[method](
        path,
        named(path),
        guardOf(route),
        ...(isForBrowsers ? [forBrowsers] : []),
        ...(body === undefined ? [] : readJson(body.limitBytes)),
        handle,
      )
    }
    router.all(path, named(path), otherMethod(here.map(({ method }) => method)))
  }
  return router
}

/** `/credentials/issue` before `/credentials/:credential`, which would match it, too. */
function literalFirst(paths: readonly string[]): readonly string[] {
  const hasParameter = (path: string) => (path.includes(':') ? 1 : 0)
  return [...new Set(paths)].sort((one, other) => hasParameter(one) - hasParameter(other))
}

function otherMethod(methods: readonly Route['method'][]): RequestHandler {
  const allowed = methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : ['POST']))
  return ({ method }, _response, next) => {
    next(new RegistryError('METHOD_NOT_ALLOWED', { method, allowed }))
  }
}

/** For log and metrics. */
function named(path: string): RequestHandler {
  return (_request, response, next) => {
    response.locals['route'] = path
    next()
  }
}

/** What everybody may read, the pages of others may read, too: wallets and verifiers in browsers. */
const forBrowsers: RequestHandler = (_request, response, next) => {
  response.set('Access-Control-Allow-Origin', '*')
  response.set('Cross-Origin-Resource-Policy', 'cross-origin')
  next()
}
