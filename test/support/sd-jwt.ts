import { createHash } from 'node:crypto'
import { toBase64url } from '../../sdk/lib/base64url.ts'
import { utf8 } from '../../sdk/lib/bytes.ts'
import type { Signer } from '../../sdk/formats/signer.ts'
import { buildTrainingCertificate } from '../../sdk/model/training-certificate.ts'
import { signSdJwtVc, type SdJwtVcOptions } from '../../sdk/formats/sd-jwt/sign-sd-jwt-vc.ts'
import { wholeCertificate } from './certificate.ts'
import { forge, newParty, type Party } from './issuer.ts'

export const vct = 'https://region.example/vct/TrainingCertificateCredential/v1'

/** A certificate with everything in it, as a credential and as an SD-JWT VC. */
export async function wholeSdJwt(options: Partial<SdJwtVcOptions> = {}) {
  const [issuer, holder] = [newParty(), newParty()]
  const certificate = buildTrainingCertificate(wholeCertificate(issuer.did, holder.did), {
    id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
    validFrom: '2026-01-15T00:00:00Z',
  })
  const text = await signSdJwtVc(certificate, issuer.signer, { type: vct, ...options })
  return { issuer, holder, certificate, text }
}

/** A disclosure that says whatever the test wants, with its digest. */
export function disclosure(content: unknown, hash = 'sha256') {
  const text = toBase64url(utf8(typeof content === 'string' ? content : JSON.stringify(content)))
  return { text, digest: createHash(hash).update(text).digest('base64url') }
}

/** An SD-JWT VC that says whatever the test wants. */
export async function forgeSdJwt(
  { did, signer }: Party,
  claims: object,
  disclosures: readonly string[] = [],
  header: object = {},
): Promise<string> {
  const jwt = await forge(
    { alg: 'ES256', typ: 'dc+sd-jwt', kid: signer.kid, ...header },
    { iss: did, vct, ...claims },
    signer,
  )
  return [jwt, ...disclosures, ''].join('~')
}

/** A key binding that says whatever the test wants. */
export async function forgeBinding(
  presented: string,
  signer: Signer,
  claims: object = {},
  header: object = {},
): Promise<string> {
  const hash = createHash('sha256').update(presented).digest('base64url')
  const good = { iat: Math.floor(Date.now() / 1000), aud: 'verifier', nonce: 'n-1', sd_hash: hash }
  return (
    presented +
    (await forge({ alg: 'ES256', typ: 'kb+jwt', ...header }, { ...good, ...claims }, signer))
  )
}
