import {
  RegistryError,
  signJwtVcJson,
  signLdpVc,
  signOb3Jwt,
  signSdJwtVc,
  signVcJwt,
  statusEntries,
  vctOf,
  type CredentialDocument,
} from '#sdk'
import type { Context, StatusIndex } from '../context.ts'
import type { WantedFormat } from './credential-request.ts'
import type { SigningIssuer } from './signing-issuer.ts'

/** Signatures that say the same about when they were made. */
const signers = {
  'vc+jwt': signVcJwt,
  jwt_vc_json: signJwtVcJson,
  ldp_vc: signLdpVc,
  'ob3-strict': signOb3Jwt,
} as const

/**
 * Signs a prepared credential in one format, with what belongs to this one signature: its entries of
 * status and the link to its receipt.
 *
 * Throws INPUT_INVALID if the format cannot hold it, or needs another key.
 */
export async function signCredential(
  { config, now }: Pick<Context, 'config' | 'now'>,
  issuer: Pick<SigningIssuer, 'slug' | 'signer'>,
  document: CredentialDocument,
  { format, place, locator }: { format: WantedFormat; place: StatusIndex; locator: string },
): Promise<string> {
  if (format === 'ldp_vc' && issuer.signer.algorithm !== 'EdDSA') {
    const problems = ['options.format: ldp_vc needs an issuer that signs EdDSA']
    throw new RegistryError('INPUT_INVALID', { input: 'request', problems })
  }
  const { baseUrl } = config
  const { list, index } = place
  const url = `${baseUrl}/issuers/${issuer.slug}`
  const all = statusEntries({ url: `${url}/status/${list}`, list: BigInt(list), index })
  // Open Badges 3.0 has room for one; `onChainPlace` knows from its address where it stands on chain.
  const entries = format === 'ob3-strict' ? all.slice(0, 1) : all
  const whole = {
    ...document,
    credentialStatus: [...[document.credentialStatus ?? []].flat(), ...entries],
    receipt: `${baseUrl}/credentials/${locator}/receipt`,
  }
  const signedAt = Math.floor(now().getTime() / 1000)
  if (format !== 'dc+sd-jwt') return signers[format](whole, issuer.signer, { signedAt })
  return signSdJwtVc(whole, issuer.signer, {
    type: vctOf(baseUrl, [document.type].flat()),
    signedAt,
    tokenStatus: { url: `${url}/token-status/${list}`, index },
  })
}
