import { RegistryError } from '#sdk'

/**
 * What OpenID4VCI and OpenID4VP call an error.
 *
 * @param error - The protocol's own code, such as `invalid_grant`.
 * @param reason - For the developer of the other side; never quotes what was sent.
 * @param check - Code of the check that failed, if one did.
 */
export function refused(
  error: string,
  reason: string,
  check?: string,
): RegistryError<'PROTOCOL_REFUSED'> {
  const facts = { error, reason, ...(check !== undefined && { check }) }
  return new RegistryError('PROTOCOL_REFUSED', facts)
}
