/**
 * `ldp_vp`: presentations of VCDM 2.0 with an embedded Data Integrity proof, `eddsa-rdfc-2022`. The
 * verifier's challenge and domain are members of the proof (VC Data Integrity 1.0 section 2.1).
 *
 * @module
 */
import { readJson } from '../../lib/json.ts'
import { credentialsV2 } from '../../model/credential.ts'
import type { Format } from '../../model/format.ts'
import { Presentation } from '../../model/presentation.ts'
import { Did } from '../../model/primitives.ts'
import { decodeCredential } from '../decode.ts'
import { envelope, type EnvelopedMediaType } from '../envelope.ts'
import { keyUrlOf } from '../kid.ts'
import { addProof, hashData, readProof, splitSecured } from '../ldp-proof.ts'
import { readClaims } from '../read-claims.ts'
import { refused } from '../refusal.ts'
import type { Signer } from '../signer.ts'
import type { DecodedPresentation } from './decoded.ts'
import { credentialsPresented, requirePresentable, type PresentationRequest } from './jwt.ts'

/** How credentials of each format stand in an envelope. */
const mediaTypes = {
  'vc+jwt': 'vc+jwt',
  jwt_vc_json: 'jwt',
  'dc+sd-jwt': 'dc+sd-jwt',
} as const satisfies Record<Exclude<Format, 'ldp_vc'>, EnvelopedMediaType>

/**
 * Signs a presentation with an embedded proof, for `authentication`. Credentials of `ldp_vc` are embedded,
 * tokens stand in envelopes.
 *
 * @param signer - An Ed25519 key of the holder.
 * @returns The presentation as JSON.
 * @throws {@link RegistryError} `INPUT_INVALID` if the key is another's or of another kind, or there are
 *   more than 100 credentials; `TOKEN_INVALID` if one of them cannot be read.
 *
 * @example
 * ```ts
 * await signLdpPresentation({ holder, credentials: [text], challenge, domain, signedAt, expiresAt }, signer)
 * ```
 */
export async function signLdpPresentation(
  { holder, credentials, ...options }: PresentationRequest,
  signer: Signer,
): Promise<string> {
  requirePresentable(credentials, holder, signer)
  const presentation = {
    '@context': [credentialsV2],
    type: ['VerifiablePresentation'],
    holder,
    verifiableCredential: credentials.map(objectOf),
  }
  return addProof(presentation, signer, { proofPurpose: 'authentication', ...options })
}

/** A credential as an object: itself, or in its envelope. */
function objectOf(text: string): unknown {
  if (text.trimStart().startsWith('{')) return readJson(text).value
  const { format } = decodeCredential(text)
  if (format === 'ldp_vc') throw refused('FORMAT_UNKNOWN', 'a token of no format')
  return envelope(text, mediaTypes[format])
}

/**
 * Reads an `ldp_vp`, and computes what its proof signs. Verifies nothing, neither it nor the credentials
 * inside.
 *
 * @param text - JSON.
 * @throws {@link RegistryError} `TOKEN_INVALID`; `facts.code` is one of the codes in `refusal.ts`.
 */
export async function decodeLdpPresentation(text: string): Promise<DecodedPresentation> {
  const secured = splitSecured(text)
  const { document } = secured
  const presentation = readClaims(Presentation, document, 'PRESENTATION_MALFORMED')
  const { verificationMethod, ...proof } = readProof(secured.proof, 'authentication')
  const holder = presentation.holder?.id ?? controllerOf(verificationMethod)
  const kid = keyUrlOf(verificationMethod, holder, 'PRESENTATION_MALFORMED')
  const credentials = credentialsPresented(document)
  const signingInput = await hashData(secured, 'PRESENTATION_MALFORMED')
  return {
    format: 'ldp_vp',
    text,
    algorithm: 'EdDSA',
    kid,
    signingInput,
    holder,
    credentials,
    ...proof,
  }
}

/** Who holds a key, by its name. */
function controllerOf(verificationMethod: string): Did {
  const did = Did.safeParse(verificationMethod.split('#', 1)[0])
  if (did.success) return did.data
  throw refused('PRESENTATION_MALFORMED', 'verificationMethod: expected a DID URL')
}
