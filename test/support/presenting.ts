/**
 * A holder with one award in every format, and requests that it answers by hand.
 *
 * @module
 */
import { CompactEncrypt, decodeJwt, importJWK, type JWK } from 'jose'
import { createSigner, presentSdJwt, signPresentation, type Did, type PrivateJwk } from '#sdk'
import { credentialIn, startIssuance, type WalletKey } from './wallet.ts'

/** What stands in a request object. */
export interface RequestClaims {
  client_id: string
  response_uri: string
  nonce: string
  state: string
  response_mode: string
  client_metadata: { jwks?: { keys: [JWK] } }
}

export async function startPresenting() {
  const place = await startIssuance()
  const { server, wallet, key, content } = place
  const { code } = await wallet.offer(content())
  const token = await wallet.token(code)
  const held: Record<string, string> = {}
  for (const format of ['vc+jwt', 'jwt_vc_json', 'dc+sd-jwt']) {
    const proof = await wallet.proof(key, await wallet.nonce())
    const answer = await wallet.credential(token, `TrainingCertificate_${format}`, [proof])
    held[format] = credentialIn(answer.json)
  }
  await server.settle()

  /** Asks for the title, which stands open in every format. */
  const queryFor = (format: string) => {
    const claims = [{ path: ['credentialSubject', 'achievement', 'name'] }]
    return { credentials: [{ id: 'training', format, meta: {}, claims }] }
  }

  const holding = {
    ...place,
    held,
    queryFor,
    /** Has the server ask, and reads the request object as a wallet does. */
    async request(query: unknown, options: object = {}) {
      const { status, json, text } = await server.post('/requests', { query, options })
      if (status !== 201) throw new Error(text)
      const { uri, state } = json as { uri: string; state: string }
      const parameters = new URL(uri).searchParams
      const response = await fetch(parameters.get('request_uri')!)
      const jwt = await response.text()
      return { uri, state, parameters, jwt, claims: decodeJwt<RequestClaims>(jwt) }
    },
    /** A presentation of one credential; `change` makes it for another request. */
    async present(
      format: string,
      { client_id: audience, nonce }: Pick<RequestClaims, 'client_id' | 'nonce'>,
      { by = key, credential = held[format]!, at = 0 }: PresentChange = {},
    ): Promise<string> {
      const signer = createSigner(`${by.did}#0`, by.privateJwk as unknown as PrivateJwk)
      const signedAt = Math.floor(server.context.now().getTime() / 1000) + at
      if (format === 'dc+sd-jwt') {
        return presentSdJwt(credential, [], signer, { audience, nonce, signedAt })
      }
      const request = {
        holder: by.did as Did,
        credentials: [credential],
        challenge: nonce,
        domain: audience,
        signedAt,
        expiresAt: signedAt + 300,
      }
      return signPresentation(format === 'vc+jwt' ? 'vp+jwt' : 'jwt_vp_json', request, signer)
    },
    /** Posts an answer as the request wants it. */
    async answer(claims: RequestClaims, members: Record<string, unknown>) {
      const key = claims.client_metadata.jwks?.keys[0]
      const body =
        key === undefined
          ? Object.entries(members).map(([name, value]): [string, string] => [
              name,
              typeof value === 'string' ? value : JSON.stringify(value),
            ])
          : [['response', await encrypted(members, key)] as [string, string]]
      return wallet.ask(claims.response_uri, { method: 'POST', body: new URLSearchParams(body) })
    },
    /** What came of a request. */
    async result(state: string, code = '') {
      const { status, json } = await server.get(`/requests/${state}?response_code=${code}`)
      return { status, json }
    },
  }
  return holding
}

interface PresentChange {
  by?: WalletKey
  credential?: string
  /** Seconds from now. */
  at?: number
}

async function encrypted(members: object, key: JWK): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify(members)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128GCM', kid: key.kid! })
    .encrypt(await importJWK(key, 'ECDH-ES'))
}
