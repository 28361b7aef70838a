/**
 * Taking up an offer (OpenID4VCI 1.0) by its pre-authorized code.
 *
 * @module
 */
import * as z from 'zod/mini'
import { generateKey, randomBytes } from '#crypto'
import { didJwkOf } from '../did/did-jwk.ts'
import { RegistryError } from '../errors.ts'
import { readCredential } from '../formats/read.ts'
import { toBase64url } from '../lib/base64url.ts'
import { readJson } from '../lib/json.ts'
import { parse } from '../lib/parse.ts'
import { Format } from '../model/format.ts'
import type { HeldCredential, WalletStore } from './held-credential.ts'
import { askOther, type WalletWorld } from './http.ts'
import { keyProof } from './key-proof.ts'

/** How an offer is taken up. */
export interface ReceiveOptions {
  /** The code that came another way, where the offer asks for one. */
  txCode?: string
  /** The format to ask for. Default: the first of `dc+sd-jwt`, `vc+jwt`, `jwt_vc_json`, `ldp_vc`. */
  format?: Format
}

const grant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
const preferred: readonly Format[] = ['dc+sd-jwt', 'vc+jwt', 'jwt_vc_json', 'ldp_vc']

const Offer = z.looseObject({
  credential_issuer: z.url(),
  credential_configuration_ids: z.array(z.string()).check(z.minLength(1)),
  grants: z.looseObject({
    [grant]: z.looseObject({
      'pre-authorized_code': z.string(),
      tx_code: z.optional(z.looseObject({})),
    }),
  }),
})
const Metadata = z.looseObject({
  credential_issuer: z.string(),
  credential_endpoint: z.url(),
  nonce_endpoint: z.optional(z.url()),
  notification_endpoint: z.optional(z.url()),
  authorization_servers: z.optional(z.array(z.url())),
  credential_configurations_supported: z.record(z.string(), z.looseObject({ format: z.string() })),
})
const ServerMetadata = z.looseObject({ issuer: z.string(), token_endpoint: z.url() })
const Token = z.looseObject({ access_token: z.string(), token_type: z.string() })
const Nonce = z.looseObject({ c_nonce: z.string() })
const Answer = z.looseObject({
  credentials: z.optional(z.array(z.looseObject({ credential: z.unknown() }))),
  notification_id: z.optional(z.string()),
})

/**
 * Takes up an offer: a fresh key, one credential bound to it, stored, and the issuer told so.
 *
 * @param uri - `openid-credential-offer://…`, by value or by reference.
 * @throws {@link RegistryError} `INPUT_INVALID` for what is no offer, or none in a format that is known;
 *   `PROTOCOL_REFUSED` with the issuer's code (`invalid_grant` for a wrong or missing code), or
 *   `issuance_pending` if somebody must approve first; `TOKEN_INVALID` for a credential that cannot be
 *   read, or is for somebody else.
 *
 * @example
 * ```ts
 * const held = await receiveCredential(world, store, uri, { txCode: '493536' })
 * ```
 */
export async function receiveCredential(
  world: WalletWorld,
  store: WalletStore,
  uri: string,
  { txCode, format }: ReceiveOptions = {},
): Promise<HeldCredential> {
  const offer = parse(Offer, await readOffer(world, uri), 'offer')
  const { credential_issuer: issuer } = offer
  const metadata = parse(
    Metadata,
    await wellKnown(world, issuer, 'openid-credential-issuer'),
    'metadata',
  )
  requireSame(metadata.credential_issuer, issuer)
  const { id, format: chosen } = choose(offer.credential_configuration_ids, metadata, format)
  const token = await redeem(world, metadata.authorization_servers?.[0] ?? issuer, {
    grant_type: grant,
    'pre-authorized_code': offer.grants[grant]['pre-authorized_code'],
    ...(txCode !== undefined && { tx_code: txCode }),
  })

  // The cryptosuite of Data Integrity wants Ed25519.
  const keys = generateKey(chosen === 'ldp_vc' ? 'EdDSA' : 'ES256')
  const holder = didJwkOf(keys.publicJwk)
  const nonce = await freshNonce(world, metadata.nonce_endpoint)
  const proof = await keyProof(keys, { issuer, nonce, signedAt: world.now() })
  const post = (url: string, body: object) =>
    askOther(world, url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token.access_token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
  const answered = await post(metadata.credential_endpoint, {
    credential_configuration_id: id,
    proofs: { jwt: [proof] },
  })
  const { credentials, notification_id: notification } = parse(Answer, answered.json, 'answer')
  const [issued] = credentials ?? []
  if (issued === undefined) {
    const reason = 'the issuer must approve it first; ask for a new offer then'
    throw new RegistryError('PROTOCOL_REFUSED', { error: 'issuance_pending', reason })
  }
  const { credential } = issued
  const text = typeof credential === 'string' ? credential : JSON.stringify(credential)
  await requireOurs(text, chosen, holder)
  const held: HeldCredential = {
    id: toBase64url(randomBytes(12)),
    format: chosen,
    text,
    holder,
    privateJwk: keys.privateJwk,
    issuer,
    receivedAt: world.now(),
  }
  await store.add(held)
  if (notification !== undefined && metadata.notification_endpoint !== undefined) {
    const note = { notification_id: notification, event: 'credential_accepted' }
    // It is stored: that the issuer does not hear of it changes nothing.
    await post(metadata.notification_endpoint, note).catch(() => undefined)
  }
  return held
}

async function readOffer(world: WalletWorld, uri: string): Promise<unknown> {
  const parameters = URL.canParse(uri) ? new URL(uri).searchParams : new URLSearchParams()
  const reference = parameters.get('credential_offer_uri')
  if (reference !== null) return (await askOther(world, reference)).json
  return readJson(parameters.get('credential_offer') ?? '').value
}

async function redeem(world: WalletWorld, server: string, form: Record<string, string>) {
  const known = await wellKnown(world, server, 'oauth-authorization-server')
  const { issuer, token_endpoint: url } = parse(ServerMetadata, known, 'metadata')
  requireSame(issuer, server)
  const { json } = await askOther(world, url, { method: 'POST', body: new URLSearchParams(form) })
  return parse(Token, json, 'token')
}

async function freshNonce(
  world: WalletWorld,
  endpoint: string | undefined,
): Promise<string | undefined> {
  if (endpoint === undefined) return undefined
  return parse(Nonce, (await askOther(world, endpoint, { method: 'POST' })).json, 'nonce').c_nonce
}

/** Metadata stand where the well-known part is inserted between host and path. */
async function wellKnown(world: WalletWorld, identifier: string, name: string): Promise<unknown> {
  const { origin, pathname } = new URL(identifier)
  const path = pathname === '/' ? '' : pathname
  const headers = { accept: 'application/json' }
  return (await askOther(world, `${origin}/.well-known/${name}${path}`, { headers })).json
}

/** Metadata of somebody else must not be used (OpenID4VCI 1.0 section 12.2.4). */
function requireSame(named: string, expected: string): void {
  if (named === expected) return
  const problems = ['its metadata are those of somebody else']
  throw new RegistryError('INPUT_INVALID', { input: 'issuer', problems })
}

function choose(
  offered: readonly string[],
  { credential_configurations_supported: supported }: z.output<typeof Metadata>,
  wanted: Format | undefined,
): { id: string; format: Format } {
  for (const format of wanted === undefined ? preferred : [wanted]) {
    const id = offered.find((each) => supported[each]?.format === format)
    if (id !== undefined) return { id, format }
  }
  const problems = ['nothing in a format that is wanted']
  throw new RegistryError('INPUT_INVALID', { input: 'offer', problems })
}

/** A wallet keeps nothing that it cannot show. */
async function requireOurs(text: string, format: Format, holder: string): Promise<void> {
  const { format: read, credential } = await readCredential(text)
  const isOurs = credential.credentialSubject.some(({ id }) => id === holder)
  if (read === format && isOurs) return
  const facts = { code: 'HOLDER_MISMATCH', reason: 'the credential is for another key, or format' }
  throw new RegistryError('TOKEN_INVALID', facts)
}
