/**
 * `jwt_vc_json`: VCDM 1.1 as a JWT, made and verified with did-jwt-vc. The oracle for `decode.ts`,
 * which reads the same tokens without it.
 *
 * @module
 */
import type { JwtCredentialPayload } from 'did-jwt-vc'
import type { Resolvable } from 'did-resolver'
import * as z from 'zod/mini'
import { isDidDocument } from '../did/document.ts'
import type { DidResolver } from '../did/resolver.ts'
import { RegistryError } from '../errors.ts'
import { toBase64url } from '../lib/base64url.ts'
import { utf8 } from '../lib/bytes.ts'
import { isJsonObject } from '../lib/json.ts'
import { parse } from '../lib/parse.ts'
import { Credential, credentialsV1, type CredentialDocument } from '../model/credential.ts'
import { Did, type Seconds } from '../model/primitives.ts'
import type { Signer } from './signer.ts'
import { requireOwnKey, type SignatureTimes } from './vc-jwt.ts'

/**
 * Signs a credential of VCDM 2.0 as one of VCDM 1.1: the first context becomes that of 1.1, dates
 * become `nbf` and `exp` (whole seconds), `id`, issuer and subject become claims, and stay in `vc`.
 *
 * @param credential - As for `signVcJwt`; one subject, `validFrom` required.
 * @throws {@link RegistryError} `INPUT_INVALID`, as `signVcJwt` does, and for a key of P-384.
 */
export async function signJwtVcJson(
  credential: CredentialDocument,
  signer: Signer,
  { signedAt }: Pick<SignatureTimes, 'signedAt'> = {},
): Promise<string> {
  const checked = parse(Credential, credential, 'credential')
  const did = checked.issuer.id
  requireOwnKey(signer, did)
  if (signer.algorithm === 'ES384') throw unsignable('algorithm: did-jwt does not know ES384')
  const payload = legacyPayload(credential, checked, signedAt)
  const { createVerifiableCredentialJwt } = await import('did-jwt-vc')
  return createVerifiableCredentialJwt(
    payload,
    { did, alg: signer.algorithm, signer: didJwtSigner(signer) },
    { header: { alg: signer.algorithm, kid: signer.kid, typ: 'JWT' } },
  )
}

/** What did-jwt-vc answers, as far as it is needed. */
export const DidJwtVcResult = z.looseObject({
  verified: z.literal(true),
  issuer: Did,
  verifiableCredential: z.looseObject({}),
})
/** What did-jwt-vc answers about a credential that it accepts. */
export type DidJwtVcResult = z.infer<typeof DidJwtVcResult>

/**
 * Verifies a `jwt_vc_json` with did-jwt-vc alone: signature, `nbf`, `exp`, shape. Neither status nor
 * anchor nor accreditation.
 *
 * @param at - The time to judge at.
 * @throws {@link RegistryError} `DID_UNREACHABLE` or `DID_INVALID` from the resolver, `TOKEN_INVALID`
 *   with the code `DID_JWT_VC` and its message for everything that did-jwt-vc refuses.
 */
export async function verifyJwtVcJson(
  text: string,
  resolver: DidResolver,
  at: Seconds,
): Promise<DidJwtVcResult> {
  const { verifyCredential } = await import('did-jwt-vc')
  try {
    const verified: unknown = await verifyCredential(text, didJwtResolver(resolver), {
      proofPurpose: 'assertionMethod',
      policies: { now: at },
    })
    return parse(DidJwtVcResult, verified, 'answer of did-jwt-vc')
  } catch (error) {
    if (error instanceof RegistryError) throw error
    const reason = error instanceof Error ? error.message : 'unknown'
    throw new RegistryError('TOKEN_INVALID', { code: 'DID_JWT_VC', reason }, { cause: error })
  }
}

/** The claims of VCDM 1.1 section 6.3.1; what did-jwt-vc would leave outside stands in `vc`. */
function legacyPayload(
  document: CredentialDocument,
  { id, credentialSubject, validFrom, validUntil }: Credential,
  signedAt: Seconds | undefined,
): JwtCredentialPayload {
  const [subject, second] = credentialSubject
  if (subject === undefined || second !== undefined) throw unsignable('credentialSubject: one only')
  if (validFrom === undefined) throw unsignable('validFrom: missing')
  const nbf = secondsAt(validFrom)
  const exp = validUntil === undefined ? undefined : secondsAt(validUntil)
  const renamed = new Set(['@context', 'validFrom', 'validUntil'])
  const payload: unknown = {
    ...(id !== undefined && { jti: id }),
    ...(subject.id !== undefined && { sub: subject.id }),
    nbf,
    ...(exp !== undefined && { exp }),
    ...(signedAt !== undefined && { iat: signedAt }),
    vc: {
      '@context': [credentialsV1, ...[document['@context']].flat().slice(1)],
      ...Object.fromEntries(Object.entries(document).filter(([name]) => !renamed.has(name))),
      credentialSubject: subject,
      issuanceDate: isoOf(nbf),
      ...(exp !== undefined && { expirationDate: isoOf(exp) }),
    },
  }
  if (!isJwtCredentialPayload(payload)) throw unsignable('not one of VCDM 1.1')
  return payload
}

/** Holds for every payload made above; did-jwt-vc's type knows no context objects. */
function isJwtCredentialPayload(payload: unknown): payload is JwtCredentialPayload {
  return isJsonObject(payload) && isJsonObject(payload['vc'])
}

function didJwtSigner(signer: Signer): (data: string | Uint8Array) => Promise<string> {
  return async (data) =>
    toBase64url(await signer.sign(typeof data === 'string' ? utf8(data) : data))
}

/** did-jwt knows `JsonWebKey` by its older name only. */
function didJwtResolver(resolver: DidResolver): Resolvable {
  return {
    resolve: async (didUrl) => {
      const document = await resolver.resolve(parse(Did, didUrl.split('#', 1)[0], 'DID'))
      const renamed: unknown = {
        ...document,
        verificationMethod: document.verificationMethod?.map((method) => ({
          ...method,
          type: method.type === 'JsonWebKey' ? 'JsonWebKey2020' : method.type,
        })),
      }
      const didDocument = isDidDocument(renamed) ? renamed : null
      return { didResolutionMetadata: {}, didDocument, didDocumentMetadata: {} }
    },
  }
}

function secondsAt(date: string): Seconds {
  return Math.floor(Date.parse(date) / 1000)
}

function isoOf(seconds: Seconds): string {
  return new Date(seconds * 1000).toISOString()
}

function unsignable(problem: string): RegistryError<'INPUT_INVALID'> {
  return new RegistryError('INPUT_INVALID', { input: 'credential', problems: [problem] })
}
