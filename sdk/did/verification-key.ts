import { RegistryError } from '../errors.ts'
import { PublicJwk } from '../model/jwk.ts'
import type { Did, IssuerId } from '../model/primitives.ts'
import type {
  DidDocument,
  DidResolver,
  Relationship,
  UrlDocument,
  VerificationMethod,
} from './document.ts'
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
  if (!kid.startsWith(`${controller}#`)) throw refusal(controller, 'the key is another DID’s')
  return keyInDocument(await resolver.resolve(controller), {
    kid,
    controller,
    relationship,
    now: resolver.now(),
  })
}

/** Which key of a document is looked for. */
export interface KeyQuery {
  /** Address of the method, with its fragment. */
  readonly kid: string
  /** Who must hold the key. */
  readonly controller: IssuerId
  readonly relationship: Relationship
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * The key that a document has under `kid`.
 *
 * @throws {@link RegistryError} `DID_INVALID` if it has no such key.
 */
export function keyInDocument(
  document: DidDocument | UrlDocument,
  { kid, controller, relationship, now }: KeyQuery,
): PublicJwk {
  const refuse = (reason: string) => refusal(controller, reason)
  const method = methodOf(document, kid, relationship)
  if (method === undefined) throw refuse(`no such key for ${relationship}`)
  if (method.controller !== controller) throw refuse('the key is controlled by another')
  if (hasEnded(method, now)) throw refuse('the key has expired or was revoked')
  const jwk = keyOf(method)
  if (jwk === undefined) throw refuse(unusable(method))
  return jwk
}

function refusal(did: string, reason: string): RegistryError<'DID_INVALID'> {
  return new RegistryError('DID_INVALID', { did, reason })
}

/** The method that `relationship` lists, by reference or in full. */
function methodOf(
  document: DidDocument | UrlDocument,
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

/** An account of a chain signs transactions; which key it has is not said. */
function unusable({ blockchainAccountId }: VerificationMethod): string {
  return typeof blockchainAccountId === 'string'
    ? 'it names an account of a chain, and no key'
    : 'the key is none that can be used'
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
