/**
 * Request objects (OpenID4VP 1.0 section 5): what is asked, signed by us, for the wallet that has the
 * link.
 *
 * @module
 */
import { Openid4vpVerifier } from '@openid4vc/openid4vp'
import { jwkThumbprintBase64url, RegistryError } from '#sdk'
import type { Context } from '../context.ts'
import { derivedKey, type DerivedKey } from './derived-key.ts'
import { contentEncryption, keyAgreement } from './encrypted-messages.ts'
import { holderAlgorithms, libraryOf } from './library.ts'
import { namesOf, presentationOf, type OpenPresentation } from './presentation-flow.ts'
import { verifierIdentity } from './verifier-identity.ts'

/** So long a wallet may think it over with one object; it can fetch another. */
const lifeSeconds = 600

/** Whom a request object is for, where no wallet is known (section 5.8). */
const anyWallet = 'https://self-issued.me/v2'

/**
 * The signed request object behind a link.
 *
 * @param walletNonce - What the wallet sent along with its POST; stands in the object (section 5.10).
 * @throws FLOW_UNKNOWN once it is answered or over.
 */
export async function requestObject(
  context: Context,
  request: string,
  walletNonce?: string,
): Promise<string> {
  const found = await context.store.flows.bySecret('request-object', request)
  const read = found && presentationOf(found.flow)
  if (read?.presentation.state !== 'open') {
    throw new RegistryError('FLOW_UNKNOWN', { flow: 'of this link' })
  }
  return sign(context, read, walletNonce)
}

async function sign(
  context: Context,
  { flow, presentation }: OpenPresentation,
  walletNonce: string | undefined,
): Promise<string> {
  const { query, responseMode, clientIdPrefix } = presentation
  const { clientId, signer, x5c } = verifierIdentity(context, clientIdPrefix)
  const { responseUri, state, nonce, request } = namesOf(context, flow.id)
  const now = Math.floor(context.now().getTime() / 1000)
  const { jar } = await new Openid4vpVerifier({
    callbacks: libraryOf(context, signer).callbacks,
  }).createOpenId4vpAuthorizationRequest({
    authorizationRequestPayload: {
      response_type: 'vp_token',
      client_id: clientId,
      response_mode: responseMode,
      response_uri: responseUri,
      nonce,
      state,
      dcql_query: query,
      ...(walletNonce !== undefined && { wallet_nonce: walletNonce }),
      client_metadata: {
        vp_formats_supported: formatsSupported(),
        ...(responseMode === 'direct_post.jwt' && {
          jwks: { keys: [publicResponseKey(context, flow.id)] },
          encrypted_response_enc_values_supported: contentEncryption,
        }),
      },
    },
    ...(walletNonce !== undefined && { wallet: { expectedNonce: walletNonce } }),
    jar: {
      requestUri: `${context.config.baseUrl}/verifier/requests/${request}`,
      jwtSigner:
        x5c === undefined
          ? { method: 'did', didUrl: signer.kid, alg: signer.algorithm }
          : { method: 'x5c', x5c, alg: signer.algorithm },
      expiresInSeconds: lifeSeconds,
      additionalJwtPayload: { aud: anyWallet, iat: now, exp: now + lifeSeconds },
    },
  })
  if (jar?.authorizationRequestJwt === undefined) throw new Error('nothing was signed')
  return jar.authorizationRequestJwt
}

/** The key for the answer to one request, and for no other. */
export function responseKey(context: Pick<Context, 'config'>, id: string): DerivedKey {
  return derivedKey(context, `openid4vp-response ${id}`)
}

function publicResponseKey(context: Pick<Context, 'config'>, id: string) {
  const { publicJwk } = responseKey(context, id)
  const kid = jwkThumbprintBase64url(publicJwk)
  return { ...publicJwk, use: 'enc', alg: keyAgreement, kid }
}

const proofTypes: [string, ...string[]] = ['DataIntegrityProof']
const cryptosuites: [string, ...string[]] = ['eddsa-rdfc-2022']

/** What presentations may be made of; `vc+jwt` is our own profile. */
function formatsSupported() {
  const algorithms = { alg_values: holderAlgorithms }
  return {
    jwt_vc_json: algorithms,
    'vc+jwt': algorithms,
    'dc+sd-jwt': {
      'sd-jwt_alg_values': holderAlgorithms,
      'kb-jwt_alg_values': holderAlgorithms,
    },
    ldp_vc: { proof_type_values: proofTypes, cryptosuite_values: cryptosuites },
  }
}
