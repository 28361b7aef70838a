import { RegistryError } from '#sdk'
import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import type { Config } from '../context.ts'
import { bearerCheck } from './authorise.ts'

/** How often one address may ask in a minute without the token. */
export interface RateLimits {
  /** What costs signatures and chain reads. */
  verifications: number
  /** Everything else that is public. */
  reads: number
  /** The messages of wallets: some for each credential, and a class may sit behind one address. */
  wallets: number
}

export const defaultRateLimits: RateLimits = { verifications: 120, reads: 1_200, wallets: 2_400 }

/** Throws RATE_LIMITED for callers without the token who ask too often. */
export function limitRate(config: Pick<Config, 'token'>, perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: bearerCheck(config),
    handler: (_request, _response, next) => {
      next(new RegistryError('RATE_LIMITED', { retryAfterSeconds: 60 }))
    },
  })
}
