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

/** For each refusal of SD-JWT, what is refused with it. */
export async function brokenSdJwts(holder: Party) {
  const member = disclosure(['s', 'grade', 'A'])
  const about = (more: object) => ({ credentialSubject: { ...more } })
  const make = (claims: object, disclosures: readonly string[] = []) =>
    forgeSdJwt(holder, { ...about({ id: holder.did }), ...claims }, disclosures)
  const bound = await make({ cnf: { jwk: holder.publicJwk } })
  return {
    DISCLOSURE_MALFORMED: await make({ _sd: 'x' }),
    DISCLOSURE_HASH_UNKNOWN: await make({ _sd_alg: 'md5', _sd: [member.digest] }, [member.text]),
    DISCLOSURE_UNREFERENCED: await make({}, [member.text]),
    DISCLOSURE_REPEATED: await make({ _sd: [member.digest] }, [member.text, member.text]),
    DISCLOSURE_COLLISION: await make({ grade: 'B', _sd: [member.digest] }, [member.text]),
    DISCLOSURE_FORBIDDEN: await make(hidden.claims, [hidden.text]),
    KEY_BINDING_MALFORMED: await forgeBinding(bound, holder.signer, { nonce: undefined }),
    KEY_BINDING_UNNAMED: await forgeBinding(await make({}), holder.signer),
    KEY_BINDING_MISMATCH: await forgeBinding(bound, holder.signer, { sd_hash: 'x' }),
  }
}

const exp = disclosure(['s', 'exp', 2_000_000_000])
const hidden = { text: exp.text, claims: { _sd: [exp.digest] } }
