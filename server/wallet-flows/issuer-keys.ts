import type { Context } from '../context.ts'
import { didDocumentOf } from '../issuing/did-document.ts'
import { issuerUrl } from './issuer-metadata.ts'

/**
 * JWT VC issuer metadata (SD-JWT VC section 5): the issuer's keys, retired ones included, by the same
 * names as in its DID document. Throws ISSUER_UNKNOWN.
 */
export async function issuerKeys(context: Pick<Context, 'config' | 'store'>, slug: string) {
  const { verificationMethod } = await didDocumentOf(context, slug)
  return {
    issuer: issuerUrl(context, slug),
    jwks: {
      keys: verificationMethod.map(({ id, publicKeyJwk }) => ({ ...publicKeyJwk, kid: id })),
    },
  }
}
