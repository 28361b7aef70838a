import { toBase64url } from '../lib/base64url.ts'
import { utf8 } from '../lib/bytes.ts'
import type { Signer } from './signer.ts'

/** What `signJws` says of the token in its header. */
export interface TokenType {
  typ: string
  cty?: string
}

/** Signs `payload` as a compact JWS with the header `alg, kid, typ, cty`. */
export async function signJws(
  type: TokenType,
  payload: Readonly<Record<string, unknown>>,
  signer: Signer,
): Promise<string> {
  const header = { alg: signer.algorithm, kid: signer.kid, ...type }
  const signingInput = [header, payload]
    .map((part) => toBase64url(utf8(JSON.stringify(part))))
    .join('.')
  const signature = await signer.sign(utf8(signingInput))
  return `${signingInput}.${toBase64url(signature)}`
}
