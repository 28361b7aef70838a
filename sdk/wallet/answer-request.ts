/**
 * Answering a verifier (OpenID4VP 1.0): who asks is established before anything is looked for, and what
 * is not asked for is not shown.
 *
 * @module
 */
import * as z from 'zod/mini'
import type { DidResolver } from '../did/document.ts'
import { findVerificationKey } from '../did/verification-key.ts'
import { RegistryError } from '../errors.ts'
import { splitJws } from '../formats/jws.ts'
import { signLdpPresentation } from '../formats/presentation/ldp.ts'
import { signPresentation } from '../formats/presentation/jwt.ts'
import { presentSdJwt } from '../formats/sd-jwt/present-sd-jwt.ts'
import { createSigner } from '../formats/signer.ts'
import { verifyJws } from '../formats/verify-jws.ts'
import { isJsonObject, readJson, readJsonBytes } from '../lib/json.ts'
import { parse } from '../lib/parse.ts'
import { Did } from '../model/primitives.ts'
import { claimsOf } from './claims-of.ts'
import { DcqlQuery } from './dcql-query.ts'
import type { HeldCredential } from './held-credential.ts'
import { askOther, type WalletWorld } from './http.ts'
import { selectCredentials, type Selected } from './select-credentials.ts'

/** A request that was read, and whose verifier is established. */
export interface VerifiedRequest {
  /** Who asks: the full client identifier, here always one of `decentralized_identifier:`. */
  clientId: string
  query: DcqlQuery
  nonce: string
  state?: string
  responseUri: string
  responseMode: 'direct_post' | 'direct_post.jwt'
  /** The verifier's key for the answer, in `direct_post.jwt`. */
  encryptTo?: { jwk: Record<string, unknown>; enc: 'A128GCM' | 'A256GCM' }
}

const prefix = 'decentralized_identifier:'
const anyWallet = 'https://self-issued.me/v2'

const RequestObject = z.looseObject({
  client_id: z.string(),
  response_type: z.literal('vp_token'),
  response_mode: z.enum(['direct_post', 'direct_post.jwt']),
  response_uri: z.url(),
  redirect_uri: z.optional(z.never()),
  nonce: z.string().check(z.minLength(16)),
  state: z.optional(z.string()),
  aud: z.optional(z.string()),
  exp: z.optional(z.number()),
  dcql_query: DcqlQuery,
  client_metadata: z.optional(
    z.looseObject({
      jwks: z.optional(z.looseObject({ keys: z.array(z.record(z.string(), z.unknown())) })),
      encrypted_response_enc_values_supported: z.optional(z.array(z.string())),
    }),
  ),
})

/**
 * Reads a request behind its URI, and checks the verifier's signature under its DID.
 *
 * @param uri - `openid4vp://?client_id=…&request_uri=…`.
 * @throws {@link RegistryError} `INPUT_INVALID` for what is no such request; `PROTOCOL_REFUSED` with
 *   `invalid_request` if it is not signed by whom it names, for another wallet, or too old, and with
 *   `invalid_client` for verifiers that name themselves in another way than by a DID.
 */
export async function readRequest(
  world: WalletWorld,
  resolver: DidResolver,
  uri: string,
): Promise<VerifiedRequest> {
  const parameters = URL.canParse(uri) ? new URL(uri).searchParams : new URLSearchParams()
  const { text } = await askOther(world, parameters.get('request_uri') ?? '')
  const token = text.trim()
  const { typ, kid, payload } = readToken(token)
  const request = parse(RequestObject, payload, 'request')
  const { client_id: clientId, client_metadata: metadata } = request
  if (clientId !== parameters.get('client_id')) throw refused('client_id: is another in the object')
  if (!clientId.startsWith(prefix)) {
    const reason = 'this wallet knows verifiers by their DIDs only'
    throw new RegistryError('PROTOCOL_REFUSED', { error: 'invalid_client', reason })
  }
  const did = parse(Did, clientId.slice(prefix.length), 'client_id')
  const key = await findVerificationKey(resolver, kid ?? '', did, 'authentication')
  const isSigned = typ === 'oauth-authz-req+jwt' && (await verifyJws(token, key))
  if (!isSigned) throw refused('the signature is not the verifier’s')
  if (request.aud !== undefined && request.aud !== anyWallet) throw refused('aud: another wallet')
  if (!(world.now() < (request.exp ?? Infinity))) throw refused('exp: it is too old')
  const encryptTo = encryptionOf(metadata)
  if (request.response_mode === 'direct_post.jwt' && encryptTo === undefined) {
    throw refused('client_metadata: no key that the answer could be encrypted to')
  }
  return {
    clientId,
    query: request.dcql_query,
    nonce: request.nonce,
    ...(request.state !== undefined && { state: request.state }),
    responseUri: request.response_uri,
    responseMode: request.response_mode,
    ...(request.response_mode === 'direct_post.jwt' && encryptTo !== undefined && { encryptTo }),
  }
}

/**
 * What of a wallet answers a request: the least, see `selectCredentials`.
 *
 * @returns `undefined` if the request cannot be answered.
 */
export function matchRequest(
  { query }: Pick<VerifiedRequest, 'query'>,
  held: readonly HeldCredential[],
): readonly Selected<HeldCredential & ReturnType<typeof claimsOf>>[] | undefined {
  return selectCredentials(
    query,
    held.map((each) => ({ ...each, ...claimsOf(each.format, each.text) })),
  )
}

/**
 * Shows what was selected, and nothing else.
 *
 * @returns Where to send the holder's browser, if the verifier says so.
 * @throws {@link RegistryError} `PROTOCOL_REFUSED` with the verifier's code.
 */
export async function answerRequest(
  world: WalletWorld,
  request: VerifiedRequest,
  selected: readonly Selected<HeldCredential>[],
): Promise<string | undefined> {
  const presented = await Promise.all(
    selected.map(async (each): Promise<[string, unknown[]]> => [
      each.query,
      [await present(world, request, each)],
    ]),
  )
  const members = {
    vp_token: Object.fromEntries(presented),
    ...(request.state !== undefined && { state: request.state }),
  }
  const body = new URLSearchParams(
    request.encryptTo === undefined
      ? { ...members, vp_token: JSON.stringify(members.vp_token) }
      : { response: await encrypted(members, request.encryptTo) },
  )
  const { json } = await askOther(world, request.responseUri, { method: 'POST', body })
  const redirect = isJsonObject(json) ? json['redirect_uri'] : undefined
  return typeof redirect === 'string' ? redirect : undefined
}

async function present(
  world: WalletWorld,
  { clientId, nonce }: VerifiedRequest,
  { credential, claims }: Selected<HeldCredential>,
): Promise<unknown> {
  const { format, text, holder, privateJwk } = credential
  const signer = createSigner(`${holder}#0`, privateJwk)
  const signedAt = world.now()
  if (format === 'dc+sd-jwt') {
    return presentSdJwt(text, claims, signer, { audience: clientId, nonce, signedAt })
  }
  const request = {
    holder,
    credentials: [text],
    challenge: nonce,
    domain: clientId,
    signedAt,
    expiresAt: signedAt + 300,
  }
  if (format === 'ldp_vc') return readJson(await signLdpPresentation(request, signer)).value
  return signPresentation(format === 'vc+jwt' ? 'vp+jwt' : 'jwt_vp_json', request, signer)
}

async function encrypted(
  members: object,
  { jwk, enc }: NonNullable<VerifiedRequest['encryptTo']>,
): Promise<string> {
  const { CompactEncrypt, importJWK } = await import('jose')
  const { kid } = jwk
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(members)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc, ...(typeof kid === 'string' && { kid }) })
    .encrypt(await importJWK(jwk, 'ECDH-ES'))
}

function encryptionOf(
  metadata: z.output<typeof RequestObject>['client_metadata'],
): VerifiedRequest['encryptTo'] {
  const jwk = metadata?.jwks?.keys.find(({ alg, crv }) => alg === 'ECDH-ES' && crv === 'P-256')
  const offered = metadata?.encrypted_response_enc_values_supported ?? ['A128GCM']
  const enc = (['A256GCM', 'A128GCM'] as const).find((each) => offered.includes(each))
  return jwk === undefined || enc === undefined ? undefined : { jwk, enc }
}

function readToken(token: string) {
  const { payload, ...parts } = splitJws(token)
  return { ...parts, payload: readJsonBytes(payload).value }
}

function refused(reason: string): RegistryError<'PROTOCOL_REFUSED'> {
  return new RegistryError('PROTOCOL_REFUSED', { error: 'invalid_request', reason })
}
