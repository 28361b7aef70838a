import { RegistryError } from '../errors.ts'

/** Why a token is refused before any key is looked at. Stable: may be added, never renamed. */
export const refusals = [
  /** Not three strict base64url segments of strict JSON objects. */
  'MALFORMED',
  /** More than 1 MB, a header of more than 8 kB, more than 5,000 values, or too much work. */
  'TOO_LARGE',
  /** `alg` is none of ours; `none` never is. */
  'ALGORITHM_NOT_ALLOWED',
  /** A header that changes what is signed or brings or fetches keys: `crit`, `b64`, `jku`, `x5u`, `jwk`. */
  'HEADER_REFUSED',
  /** Neither `vc+jwt` nor a JWT with a `vc` claim (`vp+jwt`, `vp`). */
  'FORMAT_UNKNOWN',
  /** `kid` is missing, or no DID URL with a fragment. */
  'KID_MALFORMED',
  /** `iss`, `issuer` and the DID of `kid` are not one and the same. */
  'ISSUER_MISMATCH',
  /** The payload is no credential of its data model; the reason names member and rule. */
  'CREDENTIAL_MALFORMED',
  /** The payload is no presentation of its data model. */
  'PRESENTATION_MALFORMED',
  /** A JSON-LD document without a Data Integrity proof. */
  'PROOF_MISSING',
  /** Only proofs of kinds that are not verified here, or one that continues another. */
  'PROOF_UNSUPPORTED',
  /** Two proofs, either of which could be the one. */
  'PROOF_AMBIGUOUS',
  /** A proof lacks a member, or has one that is none: `proofValue` not 64 bytes in base58-btc, a bad date. */
  'PROOF_MALFORMED',
  /** A credential's proof is not for `assertionMethod`, or a presentation's not for `authentication`. */
  'PROOF_PURPOSE_MISMATCH',
  /** Its meaning hangs on a context that Livret does not bring along: nothing can be said. */
  'CONTEXT_UNAVAILABLE',
  /** A term or type without a meaning, so that nobody signed what it says. */
  'TERMS_UNDEFINED',
  /** A disclosure of an SD-JWT, or a digest, is not what RFC 9901 section 4.2 says. */
  'DISCLOSURE_MALFORMED',
  /** `_sd_alg` names a digest that is not known here. */
  'DISCLOSURE_HASH_UNKNOWN',
  /** A disclosure that no digest refers to. */
  'DISCLOSURE_UNREFERENCED',
  /** A disclosure is sent twice, or a digest stands twice. */
  'DISCLOSURE_REPEATED',
  /** A disclosed claim is there already. */
  'DISCLOSURE_COLLISION',
  /** A claim is selectively disclosable that must not be. */
  'DISCLOSURE_FORBIDDEN',
  /** The holder's JWT behind an SD-JWT is none. */
  'KEY_BINDING_MALFORMED',
  /** It is there, but the credential names no key (`cnf`). */
  'KEY_BINDING_UNNAMED',
  /** Its `sd_hash` is that of something else. */
  'KEY_BINDING_MISMATCH',
  // Where a token is verified at once, against a key that is given.
  'SIGNATURE_INVALID',
  'NOT_YET_VALID',
  'EXPIRED',
  'CHALLENGE_MISMATCH',
  'DOMAIN_MISMATCH',
] as const
export type Refusal = (typeof refusals)[number]

/** The error that a refused token is answered with. */
export function refused(
  code: Refusal,
  reason: string,
  cause?: unknown,
): RegistryError<'TOKEN_INVALID'> {
  return new RegistryError('TOKEN_INVALID', { code, reason }, { cause })
}
