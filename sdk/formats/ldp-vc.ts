/**
 * `ldp_vc`: VCDM 2.0 with an embedded Data Integrity proof, `eddsa-rdfc-2022`. JSON-LD is loaded when the
 * first one is signed or read.
 *
 * @module
 */
import { parse } from '../lib/parse.ts'
import { Credential, type CredentialDocument } from '../model/credential.ts'
import type { DecodedCredential } from './decoded.ts'
import { keyUrlOf } from './kid.ts'
import { addProof, hashData, readProof, splitSecured } from './ldp-proof.ts'
import { readClaims } from './read-claims.ts'
import type { Signer } from './signer.ts'
import { requireOwnKey, type SignatureTimes } from './vc-jwt.ts'

/**
 * Signs a credential with an embedded proof, for `assertionMethod`.
 *
 * @param credential - As for `signVcJwt`; every context must be one that Livret brings along.
 * @param signer - An Ed25519 key of the issuer.
 * @param times - `created` and `expires` of the proof.
 * @returns The secured credential as JSON.
 * @throws {@link RegistryError} `INPUT_INVALID` if it is no such credential, a term has no meaning, or the
 *   key is another's or of another kind.
 *
 * @example
 * ```ts
 * const text = await signLdpVc(credential, signer, { signedAt: now })
 * ```
 */
export async function signLdpVc(
  credential: CredentialDocument,
  signer: Signer,
  times: SignatureTimes = {},
): Promise<string> {
  const { issuer } = parse(Credential, credential, 'credential')
  requireOwnKey(signer, issuer.id)
  return addProof(credential, signer, { proofPurpose: 'assertionMethod', ...times })
}

/**
 * Reads an `ldp_vc`, as strictly as `decodeCredential` reads tokens, and computes what its proof signs.
 *
 * @param text - JSON.
 * @returns `signingInput` is `hashData`, `signature` the bytes of `proofValue`; `credential` is without
 *   its proof.
 * @throws {@link RegistryError} `TOKEN_INVALID`; `facts.code` is one of the codes in `refusal.ts`.
 */
export async function decodeLdpVc(text: string): Promise<DecodedCredential> {
  const secured = splitSecured(text)
  const credential = readClaims(Credential, secured.document, 'CREDENTIAL_MALFORMED')
  const issuer = credential.issuer.id
  const proof = readProof(secured.proof, 'assertionMethod')
  const { verificationMethod, signature, signedAt, expiresAt } = proof
  const kid = keyUrlOf(verificationMethod, issuer, 'ISSUER_MISMATCH')
  return {
    format: 'ldp_vc',
    text,
    algorithm: 'EdDSA',
    kid,
    signingInput: await hashData(secured, 'CREDENTIAL_MALFORMED'),
    signature,
    issuer,
    credential,
    ...(signedAt === undefined ? {} : { signedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}
