/**
 * Signing `dc+sd-jwt`: a credential of VCDM 2.0 as an SD-JWT VC.
 *
 * @module
 */
import { documentOfDidJwk } from '../../did/did-jwk.ts'
import { documentOfDidKey } from '../../did/did-key.ts'
import { RegistryError } from '../../errors.ts'
import { parse } from '../../lib/parse.ts'
import { Credential, type CredentialDocument } from '../../model/credential.ts'
import { PublicJwk } from '../../model/jwk.ts'
import type { Seconds, Url } from '../../model/primitives.ts'
import type { TokenPlace } from '../../model/status-entry.ts'
import type { Signer } from '../signer.ts'
import { requireOwnKey } from '../vc-jwt.ts'
import { disclosableClaims } from './disclosable.ts'
import { signSdJwt } from './sign-sd-jwt.ts'

/** What an SD-JWT VC says beside the credential. */
export interface SdJwtVcOptions {
  /** `vct`: where its type metadata is served; see `typeMetadata`. */
  type: Url
  /** `iat`: when it is signed. */
  signedAt?: Seconds
  /** `cnf`: the key that the holder must prove to have. Default: that of the subject's did:jwk or did:key. */
  holderKey?: PublicJwk
  /** `status.status_list`: its place in a Token Status List, beside the entries of `credentialStatus`. */
  tokenStatus?: TokenPlace
  /** Decoy digests at each place where something is disclosable. Default: none. */
  decoys?: number
}

/**
 * Signs a credential as an SD-JWT VC. Its members stay, but for the dates, which become `nbf` and `exp`
 * (whole seconds); `disclosableClaims` says what the holder may keep back.
 *
 * @param credential - As for `signVcJwt`; one subject.
 * @returns The issuer's JWT with all disclosures.
 * @throws {@link RegistryError} `INPUT_INVALID`, as `signVcJwt` does.
 *
 * @example
 * ```ts
 * const type = 'https://region.example/vct/OpenBadgeCredential/v1'
 * const text = await signSdJwtVc(credential, signer, { type, signedAt: now })
 * ```
 */
export async function signSdJwtVc(
  credential: CredentialDocument,
  signer: Signer,
  options: SdJwtVcOptions,
): Promise<string> {
  const { issuer, credentialSubject, validFrom, validUntil } = parse(
    Credential,
    credential,
    'credential',
  )
  requireOwnKey(signer, issuer.id)
  const claim = claims.find((name) => name in credential)
  if (claim !== undefined) throw unsignable(`${claim}: is a claim of SD-JWT VC`)
  const [subject, second] = credentialSubject
  if (second !== undefined) throw unsignable('credentialSubject: one only')
  const { type: vct, signedAt, tokenStatus, decoys } = options
  const holderKey = options.holderKey ?? keyOfDid(subject?.id)
  const members = Object.entries(credential).filter(([name]) => !dates.has(name))
  const payload = {
    iss: issuer.id,
    ...(signedAt !== undefined && { iat: signedAt }),
    ...(validFrom !== undefined && { nbf: secondsOf(validFrom) }),
    ...(validUntil !== undefined && { exp: secondsOf(validUntil) }),
    vct,
    ...(subject?.id !== undefined && { sub: subject.id }),
    ...(holderKey !== undefined && { cnf: { jwk: holderKey } }),
    ...(tokenStatus !== undefined && {
      status: { status_list: { idx: tokenStatus.index, uri: tokenStatus.url } },
    }),
    ...Object.fromEntries(members),
  }
  const places = disclosableClaims(credential)
  return signSdJwt({ typ: 'dc+sd-jwt' }, payload, places, signer, decoys)
}

const claims = [
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'cnf',
  'vct',
  'status',
  '_sd',
] as const

/** Members that claims stand for. */
const dates = new Set(['validFrom', 'validUntil'])

/** The key that a DID itself is; `undefined` for other DIDs. */
function keyOfDid(did: string | undefined): PublicJwk | undefined {
  const document = did?.startsWith('did:jwk:')
    ? documentOfDidJwk(did)
    : did?.startsWith('did:key:')
      ? documentOfDidKey(did)
      : undefined
  const jwk = PublicJwk.safeParse(document?.verificationMethod?.[0]?.publicKeyJwk)
  return jwk.success ? jwk.data : undefined
}

function secondsOf(date: string): Seconds {
  return Math.floor(Date.parse(date) / 1000)
}

function unsignable(problem: string): RegistryError<'INPUT_INVALID'> {
  return new RegistryError('INPUT_INVALID', { input: 'credential', problems: [problem] })
}
