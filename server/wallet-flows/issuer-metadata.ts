/**
 * Metadata of a credential issuer (OpenID4VCI 1.0 section 12.2) and of its authorization server
 * (RFC 8414), which are one party with one identifier.
 *
 * @module
 */
import { Openid4vciVersion, type IssuerMetadataResult } from '@openid4vc/openid4vci'
import type { Context } from '../context.ts'
import { signingIssuer } from '../issuing/signing-issuer.ts'
import { configurationsSupported } from './credential-configurations.ts'
import { contentEncryption, keyAgreement, requestKey } from './encrypted-messages.ts'
import { batchSize, holderAlgorithms, libraryOf } from './library.ts'

type Needs = Pick<Context, 'config' | 'store' | 'keys' | 'now' | 'signIn'>

/** The grant of a code that the wallet got with its offer. */
export const preAuthorizedGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** The identifier of the credential issuer `slug`. */
export function issuerUrl({ config }: Pick<Context, 'config'>, slug: string): string {
  return `${config.baseUrl}/issuers/${slug}`
}

/** `/.well-known/openid-credential-issuer`. Throws ISSUER_UNKNOWN, ISSUER_NOT_READY. */
export async function issuerMetadata(context: Needs, slug: string) {
  const { signer, profile } = await signingIssuer(context, slug)
  const url = issuerUrl(context, slug)
  const name = typeof profile['name'] === 'string' ? profile['name'] : slug
  return libraryOf(context).issuer.createCredentialIssuerMetadata({
    credential_issuer: url,
    credential_endpoint: `${url}/credential`,
    nonce_endpoint: `${url}/nonce`,
    deferred_credential_endpoint: `${url}/deferred-credential`,
    notification_endpoint: `${url}/notification`,
    batch_credential_issuance: { batch_size: batchSize },
    credential_request_encryption: {
      jwks: { keys: [requestKey(context)] },
      enc_values_supported: contentEncryption,
      encryption_required: false,
    },
    credential_response_encryption: {
      alg_values_supported: [keyAgreement],
      enc_values_supported: contentEncryption,
      encryption_required: false,
    },
    display: [
      { name, locale: 'fr' },
      { name, locale: 'en' },
    ],
    credential_configurations_supported: configurationsSupported(context, signer.algorithm),
  })
}

/** The same, signed by the issuer (section 12.2.3). */
export async function signedIssuerMetadata(context: Needs, slug: string): Promise<string> {
  const { signer, did } = await signingIssuer(context, slug)
  return libraryOf(context, signer).issuer.createSignedCredentialIssuerMetadataJwt({
    credentialIssuerMetadata: await issuerMetadata(context, slug),
    signer: { method: 'did', didUrl: signer.kid, alg: signer.algorithm },
    issuer: did,
    issuedAt: context.now(),
  })
}

/** `/.well-known/oauth-authorization-server`. */
export function authorizationServerMetadata(
  context: Pick<Context, 'config' | 'signIn'>,
  slug: string,
) {
  const isSignedIn = context.signIn !== undefined
  const url = issuerUrl(context, slug)
  return libraryOf(context).authorizationServer.createAuthorizationServerMetadata({
    issuer: url,
    token_endpoint: `${url}/token`,
    token_endpoint_auth_methods_supported: ['none'],
    'pre-authorized_grant_anonymous_access_supported': true,
    grant_types_supported: [preAuthorizedGrant, ...(isSignedIn ? ['authorization_code'] : [])],
    response_types_supported: isSignedIn ? ['code'] : [],
    ...(isSignedIn && {
      authorization_endpoint: `${url}/authorize`,
      pushed_authorization_request_endpoint: `${url}/par`,
      require_pushed_authorization_requests: true,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    }),
    dpop_signing_alg_values_supported: holderAlgorithms,
  })
}

/** Both, as the library wants them. */
export async function resolvedMetadata(
  context: Needs,
  slug: string,
): Promise<IssuerMetadataResult> {
  const credentialIssuer = await issuerMetadata(context, slug)
  return {
    originalDraftVersion: Openid4vciVersion.V1,
    credentialIssuer,
    authorizationServers: [authorizationServerMetadata(context, slug)],
    knownCredentialConfigurations: {},
  }
}
