/**
 * A wallet by hand, on `jose` alone: each message as the standard writes it, so that tests can also
 * write them wrong.
 *
 * @module
 */
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'
import { certificate, startServer, type TestServer } from './server.ts'

export const preAuthorized = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

export interface WalletKey {
  publicJwk: JWK
  privateJwk: JWK
  did: string
}

/** A P-256 key, with the did:jwk that our server makes of it. */
export async function newWalletKey(): Promise<WalletKey> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const { kty, crv, x, y } = await exportJWK(publicKey)
  const canonical = JSON.stringify({ crv, kty, x, y })
  return {
    publicJwk: { kty: kty!, crv: crv!, x: x!, y: y! },
    privateJwk: await exportJWK(privateKey),
    did: `did:jwk:${Buffer.from(canonical).toString('base64url')}`,
  }
}

export interface Offer {
  credential_issuer: string
  credential_configuration_ids: string[]
  grants: Record<string, { 'pre-authorized_code': string; tx_code?: object; issuer_state?: string }>
}

interface Made {
  id: string
  uri: string
  txCode?: string
  credentialId: string
  configurations: string[]
}

/** A wallet that talks to the issuer `slug`. */
function createWallet(server: TestServer, slug: string) {
  const issuer = `${server.baseUrl}/issuers/${slug}`
  const ask = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(url, init)
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>
    return { status: response.status, headers: response.headers, text, json }
  }
  const form = (place: string, members: Record<string, string>, headers = {}) =>
    ask(`${issuer}/${place}`, { method: 'POST', body: new URLSearchParams(members), headers })
  const json = (place: string, body: unknown, headers = {}) =>
    ask(`${issuer}/${place}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })

  const wallet = {
    issuer,
    ask,
    form,
    json,
    /** Has the server make an offer, and reads it as a wallet does. */
    async offer(credential: unknown, options: object = {}) {
      const {
        status,
        json: made,
        text,
      } = await server.post(`/issuers/${slug}/offers`, {
        credential,
        options,
      })
      if (status !== 201) throw new Error(text)
      const reference = new URL((made as Made).uri).searchParams.get('credential_offer_uri')!
      const { json: offer } = await ask(reference)
      const code = (offer as unknown as Offer).grants[preAuthorized]?.['pre-authorized_code'] ?? ''
      const issuerState =
        (offer as unknown as Offer).grants['authorization_code']?.issuer_state ?? ''
      return { made: made as Made, offer: offer as unknown as Offer, code, issuerState, reference }
    },
    redeem: (code: string, more: Record<string, string> = {}, headers = {}) =>
      form('token', { grant_type: preAuthorized, 'pre-authorized_code': code, ...more }, headers),
    async token(code: string, more: Record<string, string> = {}) {
      const { json: answer, text } = await wallet.redeem(code, more)
      if (answer['access_token'] === undefined) throw new Error(text)
      return answer['access_token'] as string
    },
    async nonce() {
      return (await form('nonce', {})).json['c_nonce'] as string
    },
    /** A key proof; `change` writes it in another way. */
    async proof(key: WalletKey, nonce: string, change: ProofChange = {}) {
      const { header = {}, claims = {}, signedBy = key } = change
      const now = Math.floor(server.context.now().getTime() / 1000)
      return new SignJWT({ aud: issuer, iat: now, nonce, ...claims })
        .setProtectedHeader({
          alg: 'ES256',
          typ: 'openid4vci-proof+jwt',
          jwk: key.publicJwk,
          ...header,
        })
        .sign(signedBy.privateJwk)
    },
    /** Asks for a credential with the proofs given. */
    credential: (token: string, configuration: string, proofs: string[], more: object = {}) =>
      json(
        'credential',
        { credential_configuration_id: configuration, proofs: { jwt: proofs }, ...more },
        { authorization: `Bearer ${token}` },
      ),
    /** From a code to a credential. */
    async receive(code: string, configuration: string, key: WalletKey, more = {}) {
      const token = await wallet.token(code, more)
      const proof = await wallet.proof(key, await wallet.nonce())
      const answer = await wallet.credential(token, configuration, [proof])
      return { token, answer, credential: credentialIn(answer.json) }
    },
  }
  return wallet
}

export interface ProofChange {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
  signedBy?: WalletKey
}

export function credentialIn(answer: Record<string, unknown>): string {
  const [first] = (answer['credentials'] ?? []) as { credential: string }[]
  return first?.credential ?? ''
}

/** What a training body offers: nobody knows the holder's key yet. */
function offered(issuer: string) {
  const { credentialSubject, ...rest } = certificate(issuer)
  const { type, achievement } = credentialSubject
  return { ...rest, credentialSubject: { type, achievement } }
}

/** The configuration that most tests ask for. */
export const vcJwt = 'TrainingCertificate_vc+jwt'

/** A server with one issuer that may issue, and a wallet with a key. */
export async function startIssuance() {
  const server = await startServer()
  const issuer = await server.readyIssuer('greta')
  const key = await newWalletKey()
  return {
    server,
    issuer,
    key,
    wallet: createWallet(server, 'greta'),
    content: () => offered(issuer.did),
  }
}
