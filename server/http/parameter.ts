import { parse } from '#sdk'
import type { Request } from 'express'
import type * as z from 'zod/mini'

/** A parameter of the path, decoded. */
export function parameter(request: Request, name: string): string {
  const value = request.params[name]
  return typeof value === 'string' ? value : ''
}

/** A parameter of the query, if it is given. Throws INPUT_INVALID. */
export function queried<S extends z.ZodMiniType>(
  request: Request,
  name: string,
  schema: S,
): z.output<S> | undefined {
  const value = request.query[name]
  return value === undefined ? undefined : parse(schema, value, name)
}
