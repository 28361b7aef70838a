import { RegistryError } from '#sdk'
import express, { type Express } from 'express'
import helmet from 'helmet'
import type { Context } from './context.ts'
import { defaultRateLimits, type RateLimits } from './http/limit-rate.ts'
import { createMetrics } from './http/metrics.ts'
import { mount } from './http/mount.ts'
import { observe } from './http/observe.ts'
import { openApiDocument } from './http/openapi.ts'
import { problemHandler } from './http/problem.ts'
import type { Route } from './http/route.ts'
import { bundleRoutes } from './http/routes/bundles.ts'
import { chainRoutes } from './http/routes/chains.ts'
import { credentialRoutes } from './http/routes/credentials.ts'
import { issuerRoutes } from './http/routes/issuers.ts'
import { operationRoutes } from './http/routes/operations.ts'
import { statusListRoutes } from './http/routes/status-lists.ts'
import { verificationRoutes } from './http/routes/verification.ts'
import { authorizationRoutes } from './openid4vc/authorization-routes.ts'
import { issuanceRoutes } from './openid4vc/issuance-routes.ts'
import { metadataRoutes } from './openid4vc/metadata-routes.ts'
import { offerRoutes } from './openid4vc/offer-routes.ts'
import { verifierRoutes } from './openid4vc/verifier-routes.ts'

/** The application; `main.ts` gives it a port. */
export function createApp(context: Context, limits: RateLimits = defaultRateLimits): Express {
  const metrics = createMetrics(context)
  const routes = [
    ...issuerRoutes(context),
    ...credentialRoutes(context, metrics),
    ...bundleRoutes(context),
    ...verificationRoutes(context),
    ...statusListRoutes(context),
    ...chainRoutes(context),
    ...operationRoutes(context, metrics),
    ...metadataRoutes(context),
    ...offerRoutes(context),
    ...issuanceRoutes(context),
    ...authorizationRoutes(context),
    ...verifierRoutes(context),
  ]
  const app = express()
  // A proxy on this machine, or one that the operator names, says who asks; nobody else is believed.
  app.set('trust proxy', ['loopback', ...context.config.trustedProxies])
  app.set('etag', false)
  app.use(helmet())
  app.use(observe(context, metrics))
  app.use(mount(context, [...routes, openApiRoute(routes, context)], limits))
  app.use(({ path }, _response, next) => {
    next(new RegistryError('ROUTE_UNKNOWN', { path }))
  })
  app.use(problemHandler(context))
  return app
}

function openApiRoute(others: readonly Route[], { config }: Context): Route {
  const route: Route = {
    method: 'get',
    path: '/openapi.json',
    caller: 'public',
    name: 'getOpenApi',
    summary: 'This interface, as OpenAPI 3.1.',
    answers: { 200: { description: 'The document.' } },
    errors: [],
    handle(_request, response) {
      response.json(document)
    },
  }
  const document = openApiDocument([...others, route], config.baseUrl)
  return route
}
