import type { ErrorCode } from '#sdk'
import type { RequestHandler } from 'express'
import type * as z from 'zod/mini'

/**
 * Who may call: whoever has the token, everybody, whoever knows the unguessable locator in the path,
 * programs on this machine and whoever has the token, or wallets with what the protocol has given them.
 */
export type Caller = 'token' | 'public' | 'locator' | 'machine' | 'wallet'

/** What a route answers with one status. */
export interface Answer {
  description: string
  /** `application/json` if left out. */
  mediaType?: string
  schema?: z.ZodMiniType
}

/** One method at one path: what Express mounts, and what `/openapi.json` says of it. */
export interface Route {
  method: 'get' | 'post'
  /** As Express and did:web write it: `/issuers/:slug`. */
  path: string
  caller: Caller
  /** Name of the operation, unique. */
  name: string
  summary: string
  /** What each parameter of the path means. */
  parameters?: Readonly<Record<string, string>>
  /** Optional parameters of the query. */
  query?: Readonly<Record<string, { description: string; schema: z.ZodMiniType }>>
  body?: { schema: z.ZodMiniType; limitBytes: number }
  answers: Readonly<Record<number, Answer>>
  /** Errors that it may end with, beside those that follow from its caller and body. */
  errors: readonly ErrorCode[]
  handle: RequestHandler
}
