/**
 * Presentations as `vp+jwt` (VC-JOSE-COSE section 3.1.2) and `jwt_vp_json` (VCDM 1.1 section 6.3.1):
 * signing, and reading without verifying. The verifier's challenge is the claim `nonce`, its domain
 * `aud`.
 *
 * @module
 */
import type * as z from 'zod/mini'
import { RegistryError } from '../../errors.ts'
import { isJsonObject, type JsonObject } from '../../lib/json.ts'
import { credentialsV1, credentialsV2 } from '../../model/credential.ts'
import {
  LegacyPresentation,
  maxPresented,
  Presentation,
  type PresentedObject,
} from '../../model/presentation.ts'
import { Did, type Seconds } from '../../model/primitives.ts'
import { envelope, openEnvelope } from '../envelope.ts'
import { decodeJws, secondsOf, type Jws } from '../jws.ts'
import { keyUrlOf } from '../kid.ts'
import { readClaims } from '../read-claims.ts'
import { refused } from '../refusal.ts'
import { signJws } from '../sign-jws.ts'
import type { Signer } from '../signer.ts'
import { requireOwnKey } from '../vc-jwt.ts'
import type { DecodedPresentation, PresentationFormat } from './decoded.ts'

/** The two forms that are signed as one JWT. */
export type JwtPresentationFormat = Extract<PresentationFormat, 'vp+jwt' | 'jwt_vp_json'>

/** What a holder shows, to whom. */
export interface PresentationRequest {
  holder: Did
  /** Credentials in compact form: of `vc+jwt` for a `vp+jwt`, of `jwt_vc_json` for a `jwt_vp_json`. */
  credentials: readonly string[]
  /** What the verifier sent, so that a presentation cannot be used twice: `nonce`. */
  challenge: string
  /** Who the verifier is, so that it cannot be used elsewhere: `aud`. */
  domain: string
  /** `iat`: when it is signed. */
  signedAt: Seconds
  /** `exp`: from when on it must not be accepted. Minutes after `signedAt`. */
  expiresAt: Seconds
}

/**
 * Signs a presentation with the holder's key.
 *
 * @throws {@link RegistryError} `INPUT_INVALID` if the key is not the holder's, or there are more than
 *   100 credentials.
 *
 * @example
 * ```ts
 * await signPresentation('vp+jwt', { holder, credentials: [jwt], challenge, domain, signedAt, expiresAt }, signer)
 * ```
 */
export async function signPresentation(
  format: JwtPresentationFormat,
  { holder, credentials, challenge, domain, signedAt, expiresAt }: PresentationRequest,
  signer: Signer,
): Promise<string> {
  requirePresentable(credentials, holder, signer)
  const claims = { iss: holder, aud: domain, nonce: challenge, iat: signedAt, exp: expiresAt }
  const type = ['VerifiablePresentation']
  if (format === 'jwt_vp_json') {
    const vp = { '@context': [credentialsV1], type, holder, verifiableCredential: credentials }
    return signJws({ typ: 'JWT' }, { ...claims, nbf: signedAt, vp }, signer)
  }
  const verifiableCredential = credentials.map((text) => envelope(text, 'vc+jwt'))
  const presentation = { '@context': [credentialsV2], type, holder, verifiableCredential }
  return signJws({ typ: 'vp+jwt', cty: 'vp' }, { ...presentation, ...claims }, signer)
}

/** Throws `INPUT_INVALID` unless the key is the holder's, and the credentials are 100 at most. */
export function requirePresentable(
  credentials: readonly string[],
  holder: Did,
  signer: Signer,
): void {
  requireOwnKey(signer, holder)
  if (credentials.length <= maxPresented) return
  const problems = [`more than ${maxPresented} credentials`]
  throw new RegistryError('INPUT_INVALID', { input: 'presentation', problems })
}

/**
 * Reads a presentation that is one JWT, as strictly as `decodeCredential` reads credentials.
 *
 * @throws {@link RegistryError} `TOKEN_INVALID`; `facts.code` is one of the codes in `refusal.ts`.
 */
export function decodeJwtPresentation(text: string): DecodedPresentation {
  const jws = decodeJws(text)
  const { typ, payload } = jws
  if (typ === 'vp+jwt') return decodeVpJwt(jws)
  if ((typ === undefined || typ === 'jwt') && isJsonObject(payload['vp'])) {
    const presentation = readClaims(LegacyPresentation, payload['vp'], 'PRESENTATION_MALFORMED')
    return finish(
      'jwt_vp_json',
      jws,
      presentation.holder?.id,
      [presentation.verifiableCredential ?? []].flat(),
    )
  }
  throw refused('FORMAT_UNKNOWN', 'neither vp+jwt nor a JWT with a vp claim')
}

function decodeVpJwt(jws: Jws): DecodedPresentation {
  if ('vc' in jws.payload || 'vp' in jws.payload) {
    throw refused('PRESENTATION_MALFORMED', 'the claims vc and vp must not be present')
  }
  const { holder, verifiableCredential } = readPresentation(jws.payload)
  return finish('vp+jwt', jws, holder?.id, textsOf(verifiableCredential))
}

/**
 * The credentials in a presentation of VCDM 2.0 that nobody signed, in their order, for
 * `decodeCredential`.
 *
 * @param presentation - The presentation itself, as JSON.
 * @throws {@link RegistryError} `TOKEN_INVALID` with the code `PRESENTATION_MALFORMED`.
 */
export function credentialsPresented(presentation: unknown): readonly string[] {
  return textsOf(readPresentation(presentation).verifiableCredential)
}

function readPresentation(json: unknown): z.output<typeof Presentation> {
  return readClaims(Presentation, json, 'PRESENTATION_MALFORMED')
}

function textsOf(presented: PresentedObject | readonly PresentedObject[] = []): readonly string[] {
  return [presented].flat().map(credentialText)
}

/** The token in an envelope, or an embedded credential as its JSON text. */
function credentialText(entry: PresentedObject): string {
  if (!entry.type.includes('EnvelopedVerifiableCredential')) return JSON.stringify(entry)
  const id = entry['id']
  const text = typeof id === 'string' ? openEnvelope(id) : undefined
  if (text === undefined) {
    throw refused('PRESENTATION_MALFORMED', 'verifiableCredential: an envelope without a token')
  }
  return text
}

function finish(
  format: JwtPresentationFormat,
  { text, algorithm, kid, payload, signingInput, signature }: Jws,
  named: Did | undefined,
  credentials: readonly string[],
): DecodedPresentation {
  const holder = holderOf(named, payload['iss'], kid)
  const challenge = payload['nonce']
  if (challenge !== undefined && typeof challenge !== 'string') {
    throw refused('PRESENTATION_MALFORMED', 'nonce: expected a string')
  }
  const [signedAt, notBefore, expiresAt] = ['iat', 'nbf', 'exp'].map((claim) =>
    secondsOf(payload, claim, 'PRESENTATION_MALFORMED'),
  )
  return {
    format,
    text,
    algorithm,
    kid: keyUrlOf(kid, holder, 'PRESENTATION_MALFORMED'),
    signingInput,
    signature,
    holder,
    credentials,
    ...(challenge === undefined ? {} : { challenge }),
    domains: domainsOf(payload),
    ...(signedAt === undefined ? {} : { signedAt }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}

/** `holder`, `iss` and the DID of `kid` may each be missing; those that are there are one. */
function holderOf(named: Did | undefined, iss: JsonObject[string], kid: string | undefined): Did {
  if (named !== undefined && iss !== undefined && named !== iss) {
    throw refused('PRESENTATION_MALFORMED', 'iss is not the holder')
  }
  const holder = Did.safeParse(named ?? iss ?? kid?.split('#', 1)[0])
  if (!holder.success) throw refused('PRESENTATION_MALFORMED', 'holder: expected a DID')
  return holder.data
}

function domainsOf({ aud }: JsonObject): readonly string[] {
  const list = aud === undefined ? [] : Array.isArray(aud) ? aud : [aud]
  return list.map((domain: unknown) => {
    if (typeof domain === 'string') return domain
    throw refused('PRESENTATION_MALFORMED', 'aud: expected strings')
  })
}
