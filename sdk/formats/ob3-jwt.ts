/**
 * The exact JWT form of Open Badges 3.0 and CLR 2.0 (Open Badges 3.0 section 8.2, "JSON Web Token Proof
 * Format"): the payload is the credential, as in `vc+jwt`, but the header says no more than `alg`, `kid`
 * and `typ: JWT`, and the registered claims are mandatory. Its format is `vc+jwt` all the same: a JWT over
 * a credential of VCDM 2.0.
 *
 * @module
 */
import { RegistryError } from '../errors.ts'
import type { JsonObject } from '../lib/json.ts'
import { parse } from '../lib/parse.ts'
import { Credential, type CredentialDocument } from '../model/credential.ts'
import type { Seconds } from '../model/primitives.ts'
import { secondsOf } from './jws.ts'
import { refused } from './refusal.ts'
import { signJws } from './sign-jws.ts'
import type { Signer } from './signer.ts'
import { requireSignable, type SignatureTimes } from './vc-jwt.ts'

/** Kinds of credentials that this form is for. */
const kinds = [
  'OpenBadgeCredential',
  'AchievementCredential',
  'EndorsementCredential',
  'ClrCredential',
]

/**
 * Signs an Open Badge in this form: header `alg, kid, typ: JWT`; the claims are the credential, `iss`,
 * `jti`, `nbf`, `sub`, and `exp` if it ends. `nbf` and `exp` have whole seconds, so that its dates lose
 * what is beyond them.
 *
 * @param credential - As for `signVcJwt`, an Open Badge, endorsement or learner record with `id`, `validFrom`, one
 *   subject that has an `id`, and one status at most.
 * @param times - `iat`; the form has its own `exp`.
 * @throws {@link RegistryError} `INPUT_INVALID`, as `signVcJwt` does, naming the member that is missing.
 *
 * @example
 * ```ts
 * const jwt = await signOb3Jwt(badge, signer, { signedAt: now })
 * ```
 */
export async function signOb3Jwt(
  credential: CredentialDocument,
  signer: Signer,
  { signedAt }: Pick<SignatureTimes, 'signedAt'> = {},
): Promise<string> {
  const checked = parse(Credential, credential, 'credential')
  requireSignable(credential, checked, signer)
  const problems = problemsOf(checked)
  if (problems.length > 0)
    throw new RegistryError('INPUT_INVALID', { input: 'credential', problems })
  const { id, issuer, validFrom, validUntil, credentialSubject, credentialStatus } = checked
  const payload = {
    ...credential,
    ...whole('validFrom', validFrom),
    ...whole('validUntil', validUntil),
    ...(credentialStatus !== undefined && {
      credentialStatus: [credential.credentialStatus].flat()[0],
    }),
    iss: issuer.id,
    jti: id,
    sub: credentialSubject[0]?.id,
    nbf: secondsAt(validFrom),
    ...(validUntil !== undefined && { exp: secondsAt(validUntil) }),
    ...(signedAt !== undefined && { iat: signedAt }),
  }
  return signJws({ typ: 'JWT' }, payload, signer)
}

/** Tells whether the claims of a JWT are a credential that this form is for. */
export function isOb3Payload(payload: JsonObject): boolean {
  const types: readonly unknown[] = [payload['type']].flat()
  return !('vc' in payload) && types.some((type) => kinds.some((kind) => kind === type))
}

/**
 * Holds the registered claims against the credential (section 8.2, "Verify a Credential VC-JWT
 * Signature"). That they are the same where both are there, `decodeCredential` sees to.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `CREDENTIAL_MALFORMED`.
 */
export function requireOb3Claims(payload: JsonObject, { validFrom, validUntil }: Credential): void {
  const missing = ['iss', 'jti', 'nbf', 'sub'].find((claim) => payload[claim] === undefined)
  if (missing !== undefined) throw refused('CREDENTIAL_MALFORMED', `${missing}: missing`)
  const dates = { nbf: validFrom, exp: validUntil }
  for (const [claim, date] of Object.entries(dates)) {
    const seconds = secondsOf(payload, claim, 'CREDENTIAL_MALFORMED')
    if (seconds !== secondsAt(date)) {
      const member = claim === 'nbf' ? 'validFrom' : 'validUntil'
      throw refused('CREDENTIAL_MALFORMED', `${claim} is not ${member}`)
    }
  }
}

function problemsOf({
  type,
  id,
  validFrom,
  credentialSubject,
  credentialStatus = [],
}: Credential): readonly string[] {
  const [subject, second] = credentialSubject
  return [
    ...(type.some((each) => kinds.includes(each))
      ? []
      : [`type: expected one of ${kinds.join(', ')}`]),
    ...(id === undefined ? ['id: missing'] : []),
    ...(validFrom === undefined ? ['validFrom: missing'] : []),
    ...(second === undefined ? [] : ['credentialSubject: one only']),
    ...(credentialStatus.length > 1 ? ['credentialStatus: one only'] : []),
    ...(subject?.id === undefined ? ['credentialSubject.id: missing'] : []),
  ]
}

/** A date without what is beyond its second. */
function whole(name: string, date: string | undefined) {
  return date === undefined ? {} : { [name]: date.replace(/\.\d+/, '') }
}

function secondsAt(date: string | undefined): Seconds | undefined {
  return date === undefined ? undefined : Math.floor(Date.parse(date) / 1000)
}
