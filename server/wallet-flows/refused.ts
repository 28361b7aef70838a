import { RegistryError } from '#sdk'

/**
 * What OpenID4VCI and OpenID4VP call an error.
 *
 * @param error - The protocol's own code, such as `invalid_grant`.
 * @param reason - For the developer of the other side; never quotes what was sent.
 */
export function refused(error: string, reason: string): RegistryError<'PROTOCOL_REFUSED'> {
  return new RegistryError('PROTOCOL_REFUSED', { error, reason })
}
