/**
 * Signing `vc+jwt`: VCDM 2.0 secured as VC-JOSE-COSE section 3.1.1 says.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import { parse } from '../lib/parse.ts'
import { Credential, type CredentialDocument } from '../model/credential.ts'
import type { Seconds } from '../model/primitives.ts'
import { signJws } from './sign-jws.ts'
import type { Signer } from './signer.ts'

/** The claims of the signature itself, beside the credential. */
export interface SignatureTimes {
  /** `iat`: when it is signed. */
  signedAt?: Seconds
  /** `exp`: from when on the signature must not be accepted. Not the credential's end: `validUntil` is. */
  expiresAt?: Seconds
}

/**
 * Signs a credential. Header `alg, kid, typ: vc+jwt, cty: vc`; the claims are the credential as given,
 * and `iss`, `iat`, `exp`.
 *
 * @param credential - VCDM 2.0 object; its issuer must be the DID of the signer's key.
 * @throws {@link RegistryError} `INPUT_INVALID` if it is no such credential, has a member that is a JWT
 *   claim (`vc`, `vp`, `iss`, `iat`, `exp`, …), or the key is not its issuer's.
 *
 * @example
 * ```ts
 * const jwt = await signVcJwt(credential, signer, { signedAt: now })
 * ```
 */
export async function signVcJwt(
  credential: CredentialDocument,
  signer: Signer,
  { signedAt, expiresAt }: SignatureTimes = {},
): Promise<string> {
  const checked = parse(Credential, credential, 'credential')
  requireSignable(credential, checked, signer)
  const { issuer } = checked
  const times = {
    ...(signedAt !== undefined && { iat: signedAt }),
    ...(expiresAt !== undefined && { exp: expiresAt }),
  }
  return signJws({ typ: 'vc+jwt', cty: 'vc' }, { ...credential, iss: issuer.id, ...times }, signer)
}

/**
 * Throws `INPUT_INVALID` if a credential has a member that is a JWT claim, or is not its signer's.
 *
 * @param checked - The same credential, parsed.
 */
export function requireSignable(
  credential: CredentialDocument,
  checked: Credential,
  signer: Signer,
): void {
  requireOwnKey(signer, checked.issuer.id)
  const claim = jwtClaims.find((name) => name in credential)
  if (claim !== undefined) throw unsignable(`${claim}: is a claim of the JWT`)
}

/** Throws `INPUT_INVALID` unless the signer's key is named as one of `controller`. */
export function requireOwnKey({ kid }: Signer, controller: string): void {
  if (!kid.startsWith(`${controller}#`))
    throw unsignable(`the key ${kid} is not one of ${controller}`)
}

const jwtClaims = [
  'vc',
  'vp',
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'nonce',
  'cnf',
] as const

function unsignable(problem: string): RegistryError<'INPUT_INVALID'> {
  return new RegistryError('INPUT_INVALID', { input: 'credential', problems: [problem] })
}
