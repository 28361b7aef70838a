import { isRegistryError, RegistryError } from '#sdk'
import { DrizzleQueryError } from 'drizzle-orm'
import pg from 'pg'

/**
 * The same part of the store, with every error of the database or its driver told without what was sent:
 * their own words hold locators, salts and sealed keys. A database that cannot be had is
 * STORE_UNREACHABLE; one that refuses a statement, which is a fault of ours, an error that names
 * PostgreSQL's code and constraint.
 */
export function toldSafely<T extends object>(part: T): T {
  return new Proxy(part, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return async (...given: unknown[]): Promise<unknown> => {
        try {
          const answer: unknown = await Reflect.apply(member, target, given)
          return answer
        } catch (error) {
          throw told(error)
        }
      }
    },
  })
}

/** An error without what was sent; one that is not the database's stays as it is. */
function told(error: unknown): unknown {
  if (isRegistryError(error)) return error
  const fault = error instanceof DrizzleQueryError ? error.cause : error
  if (fault instanceof pg.DatabaseError) return refusal(fault)
  if (isRegistryError(fault)) return fault
  const isDatabases = error instanceof DrizzleQueryError || isConnectionError(fault)
  return isDatabases && fault instanceof Error ? unreachable(fault.message) : error
}

function refusal({ code = 'unknown', constraint = '' }: pg.DatabaseError): Error {
  const isAway = /^(?:08|53|57|58)/.test(code)
  return isAway
    ? unreachable(`SQLSTATE ${code}`)
    : new Error(`the database refused: SQLSTATE ${code} ${constraint}`.trimEnd())
}

/** What pg and the network say when there is no connection: none of it quotes a query. */
function isConnectionError(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false
  const isSystemError = 'syscall' in fault
  return (
    isSystemError || /connection terminated|timeout exceeded|calling end on/i.test(fault.message)
  )
}

function unreachable(reason: string): RegistryError {
  return new RegistryError('STORE_UNREACHABLE', { reason })
}
