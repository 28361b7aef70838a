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
import { olderKeyId } from './issuer-did.ts'
import type { SigningIssuer } from './signing-issuer.ts'

/** Signatures that say the same about when they were made. */
const signers = {
  'vc+jwt': signVcJwt,
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
  // Open Badges 3.0 and wallets of VCDM 1.1 have room for one; `onChainPlace` knows from its address
  // where it stands on chain.
  const hasOne = format === 'ob3-strict' || format === 'jwt_vc_json'
  const entries = hasOne ? all.slice(0, 1) : all
  const statuses = [...[document.credentialStatus ?? []].flat(), ...entries]
  const whole = {
    ...document,
    credentialStatus: statuses.length === 1 ? statuses[0] : statuses,
    receipt: `${baseUrl}/credentials/${locator}/receipt`,
  }
  const signedAt = Math.floor(now().getTime() / 1000)
  const { signer } = issuer
  // Wallets that read these formats know the older name of a key only.
  const older = { ...signer, kid: olderKeyId(signer.kid) }
  if (format === 'jwt_vc_json') return signJwtVcJson(whole, older, { signedAt })
  if (format !== 'dc+sd-jwt') return signers[format](whole, signer, { signedAt })
  return signSdJwtVc(whole, older, {
    type: vctOf(baseUrl, [document.type].flat()),
    signedAt,
    tokenStatus: { url: `${url}/token-status/${list}`, index },
  })
}
