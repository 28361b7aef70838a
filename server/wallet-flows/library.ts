/**
 * What `@openid4vc/*` needs of us, and its errors in our words. The library reads and writes messages;
 * what may be done once, when, and by whom is ours.
 *
 * @module
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  clientAuthenticationNone,
  Oauth2AuthorizationServer,
  Oauth2ServerErrorResponseError,
} from '@openid4vc/oauth2'
import type { CallbackContext } from '@openid4vc/oauth2'
import { Openid4vciIssuer } from '@openid4vc/openid4vci'
import { OpenId4VcBaseError, setGlobalConfig } from '@openid4vc/utils'
import {
  createDidResolver,
  Did,
  findVerificationKey,
  isRegistryError,
  parse,
  PublicJwk,
  verifyJws,
  type Signer,
} from '#sdk'
import type { Context } from '../context.ts'
import { refused } from './refused.ts'

/** Holders' DIDs hold their key: nothing is ever fetched for them. */
const holders = createDidResolver()

/** Ways in which holders may name their keys (`cryptographic_binding_methods_supported`). */
export const holderMethods = ['jwk', 'did:jwk', 'did:key'] as const

/** Algorithms of holders' keys. */
export const holderAlgorithms: [string, ...string[]] = ['ES256', 'ES384', 'ES256K', 'EdDSA']

/** Most keys in one request; each gets a credential of its own. */
export const batchSize = 10

/** The library in the hands of one party; only an issuer or a verifier with a signer signs. */
export function libraryOf({ config }: Pick<Context, 'config'>, signer?: Signer) {
  // The library knows one setting for the whole process: whether http is good enough.
  setGlobalConfig({ allowInsecureUrls: config.dev })
  const callbacks = callbacksWith(signer)
  return {
    callbacks,
    issuer: new Openid4vciIssuer({ callbacks }),
    authorizationServer: new Oauth2AuthorizationServer({ callbacks }),
  }
}

/** Runs `work` of the library; what it refuses is refused by the protocol's own code. */
export async function told<T>(error: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof Oauth2ServerErrorResponseError) {
      const { error: code, error_description: description } = cause.errorResponse
      throw refused(code, firstLine(description ?? 'not as the standard wants it'))
    }
    if (cause instanceof OpenId4VcBaseError) throw refused(error, firstLine(cause.message))
    throw cause
  }
}

/** The library's longer explanations quote what was sent. */
function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/\.$/, '').slice(0, 200)
}

function callbacksWith(signer: Signer | undefined): CallbackContext {
  return {
    hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
    generateRandom: (length) => randomBytes(length),
    clientAuthentication: clientAuthenticationNone({ clientId: 'livret' }),
    verifyJwt: async (by, { compact }) => {
      const key = await keyOf(by)
      if (key === undefined || !(await verifyJws(compact, key))) return { verified: false }
      return { verified: true, signerJwk: { ...key } }
    },
    signJwt: async (_by, { header, payload }) => {
      if (signer === undefined) throw new Error('this party does not sign')
      const input = [header, payload]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.')
      const signature = Buffer.from(await signer.sign(Buffer.from(input)))
      return { jwt: `${input}.${signature.toString('base64url')}`, signerJwk: { kty: 'EC' } }
    },
    decryptJwe: () => Promise.resolve({ decrypted: false }),
    encryptJwe: () => Promise.reject(new Error('messages are encrypted elsewhere')),
  }
}

type JwtSigner = Parameters<CallbackContext['verifyJwt']>[0]

/** The public key that a proof names: in its header, or by a DID that is the key. */
async function keyOf(signer: JwtSigner): Promise<PublicJwk | undefined> {
  if (signer.method === 'jwk') return parse(PublicJwk, signer.publicJwk, 'jwk')
  if (signer.method !== 'did') return undefined
  const did = Did.safeParse(signer.didUrl.split('#', 1)[0])
  if (!did.success || !/^did:(?:jwk|key):/.test(did.data)) return undefined
  try {
    return await findVerificationKey(holders, signer.didUrl, did.data, 'authentication')
  } catch (error) {
    if (isRegistryError(error)) return undefined
    throw error
  }
}
