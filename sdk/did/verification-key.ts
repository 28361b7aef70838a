import { RegistryError } from '../errors.ts'
import { PublicJwk } from '../model/jwk.ts'
import type { Did } from '../model/primitives.ts'
import type { DidDocument, DidResolver, Relationship, VerificationMethod } from './document.ts'
import { fromMultikey } from './multikey.ts'

/**
 * Finds the key that a token names (Controlled Identifiers 1.0 section 3.3, "retrieve verification
 * method"): the document must be the controller's, the method in it and controlled by it, allowed for
 * the relationship, neither expired nor revoked.
 *
 * @param kid - DID URL of the method, with its fragment.
 * @param controller - Who must hold the key: the issuer, or the holder.
 * @throws {@link RegistryError} `DID_UNREACHABLE` if the document cannot be had now, `DID_INVALID` if
 *   it has no such key.
 *
 * @example
 * ```ts
 * const { kid, issuer } = decodeCredential(jwt)
 * const jwk = await findVerificationKey(resolver, kid, issuer, 'assertionMethod')
 * ```
 */
export async function findVerificationKey(
  resolver: DidResolver,
  kid: string,
  controller: Did,
  relationship: Relationship,
): Promise<PublicJwk> {
  const refuse = (reason: string) => new RegistryError('DID_INVALID', { did: controller, reason })
  if (!kid.startsWith(`${controller}#`)) throw refuse('the key is another DID’s')
  const document = await resolver.resolve(controller)
  const method = methodOf(document, kid, relationship)
  if (method === undefined) throw refuse(`no such key for ${relationship}`)
  if (method.controller !== controller) throw refuse('the key is controlled by another')
  if (hasEnded(method, resolver.now())) throw refuse('the key has expired or was revoked')
  const jwk = keyOf(method)
  if (jwk === undefined) throw refuse('the key is none that can be used')
  return jwk
}

/** The method that `relationship` lists, by reference or in full. */
function methodOf(
  document: DidDocument,
  kid: string,
  relationship: Relationship,
): VerificationMethod | undefined {
  const absolute = (id: string) => (id.startsWith('#') ? `${document.id}${id}` : id)
  const listed = document[relationship]?.find(
    (entry) => absolute(typeof entry === 'string' ? entry : entry.id) === kid,
  )
  if (typeof listed !== 'string') return listed
  const methods = document.verificationMethod?.filter(({ id }) => absolute(id) === kid) ?? []
  // Two methods under one name are two answers to one question.
  return methods.length === 1 ? methods[0] : undefined
}

/** A date that cannot be read counts as passed. */
function hasEnded({ expires, revoked }: VerificationMethod, now: number): boolean {
  return [expires, revoked].some((date) => date !== undefined && !(now < Date.parse(date)))
}

function keyOf({ publicKeyJwk, publicKeyMultibase }: VerificationMethod): PublicJwk | undefined {
  if (publicKeyJwk === undefined) {
    return publicKeyMultibase === undefined ? undefined : fromMultikey(publicKeyMultibase)
  }
  const jwk = PublicJwk.safeParse(publicKeyJwk)
  return jwk.success ? jwk.data : undefined
}
