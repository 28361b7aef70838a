import pg from 'pg'

/** Whether a unique index refused a row; `name`: this one. */
export function isUniqueViolation(error: unknown, name?: string): boolean {
  const refusal = error instanceof Error && error.cause !== undefined ? error.cause : error
  return (
    refusal instanceof pg.DatabaseError &&
    refusal.code === '23505' &&
    (name === undefined || refusal.constraint === name)
  )
}
