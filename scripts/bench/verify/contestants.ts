/**
 * Who verifies in the verify bench. Each one's work starts with the text of the token, but for the limit,
 * which has everything cut out and converted before.
 *
 * @module
 */
import { createHash, verify, type KeyObject } from 'node:crypto'
import type { DIDResolutionResult } from 'did-resolver'
import { verifyCredential } from 'did-jwt-vc'
import { importJWK, jwtVerify } from 'jose'
import secp256k1 from 'secp256k1'
import type { Verifier } from '#sdk'
import type { Task } from '../measure.ts'
import { rawToDer } from './der.ts'
import type { Sample } from './fixture.ts'
import { hashOf } from './keys.ts'

export const names = {
  limit: 'signature alone',
  native: 'node:crypto, JWT parse, times',
  jose: 'jose jwtVerify',
  didJwtVc: 'did-jwt-vc verifyCredential',
  livret: 'Livret, every check, warm',
} as const

/** How many tokens one call verifies. */
const ops = 50

/** Verifies the next token; anything but `true` ends the bench. */
type Attempt = () => boolean | Promise<boolean>

/** Everybody who can verify the algorithm of `sample`. */
export async function createContestants(
  sample: Sample,
  verifier: Verifier,
): Promise<readonly Task[]> {
  const { algorithm } = sample
  const attempts: readonly (readonly [string, Attempt])[] = [
    [names.limit, algorithm === 'ES256K' ? libsecp256k1(sample) : bare(sample)],
    [names.native, native(sample)],
    ...(algorithm === 'ES256K' ? [] : [[names.jose, await jose(sample)] as const]),
    [names.didJwtVc, didJwtVc(sample)],
    [names.livret, livret(sample, verifier)],
  ]
  return attempts.map(([name, attempt]) => ({
    name: `${algorithm}: ${name}`,
    ops,
    run: async () => {
      for (let i = 0; i < ops; i++) {
        const answer = attempt()
        if (!(typeof answer === 'boolean' ? answer : await answer))
          throw new Error(`bench: ${name}`)
      }
    },
  }))
}

function bare({ algorithm, publicKey, anchored }: Sample): Attempt {
  const next = inTurn(
    anchored.map(({ credential }) => {
      const { input, raw } = cut(credential)
      return { input, signature: algorithm === 'EdDSA' ? raw : rawToDer(raw) }
    }),
  )
  const hash = hashOf(algorithm)
  return () => {
    const { input, signature } = next()
    return verify(hash, input, publicKey, signature)
  }
}

/** The fastest that there is for ES256K; node:crypto is six times slower. It wants low-s. */
function libsecp256k1({ publicKey, anchored }: Sample): Attempt {
  const key = pointOf(publicKey)
  const next = inTurn(
    anchored.map(({ credential }) => {
      const { input, raw } = cut(credential)
      return { input, signature: secp256k1.signatureNormalize(raw) }
    }),
  )
  return () => {
    const { input, signature } = next()
    return secp256k1.ecdsaVerify(signature, createHash('sha256').update(input).digest(), key)
  }
}

/** The least that anybody who is handed a token must do. */
function native({ algorithm, publicKey, anchored }: Sample): Attempt {
  const next = inTurn(anchored.map(({ credential }) => credential))
  const hash = hashOf(algorithm)
  return () => {
    const { input, raw, header, payload } = cut(next())
    const { alg } = jsonOf(header)
    const { iat } = jsonOf(payload)
    const isTimely = typeof iat === 'number' && iat <= Date.now() / 1000
    const signature = algorithm === 'EdDSA' ? raw : rawToDer(raw)
    return alg === algorithm && isTimely && verify(hash, input, publicKey, signature)
  }
}

async function jose({ algorithm, publicJwk, anchored }: Sample): Promise<Attempt> {
  const next = inTurn(anchored.map(({ credential }) => credential))
  const key = await importJWK({ ...publicJwk }, algorithm)
  return async () => (await jwtVerify(next(), key)).payload.iss !== undefined
}

/** With a resolver that has the document at hand. */
function didJwtVc({ did, kid, publicJwk, legacy }: Sample): Attempt {
  const next = inTurn(legacy)
  const method = { id: kid, type: 'JsonWebKey2020', controller: did, publicKeyJwk: publicJwk }
  const resolution: DIDResolutionResult = {
    didResolutionMetadata: { contentType: 'application/did+json' },
    didDocument: { id: did, verificationMethod: [method], assertionMethod: [kid] },
    didDocumentMetadata: {},
  }
  const resolver = { resolve: () => Promise.resolve(resolution) }
  return async () => (await verifyCredential(next(), resolver)).verified
}

function livret({ anchored }: Sample, verifier: Verifier): Attempt {
  const next = inTurn(anchored)
  return async () => (await verifier.verifyCredential(next())).verdict === 'valid'
}

/** One after the other, and again from the first. */
function inTurn<T>(values: readonly T[]): () => T {
  let i = 0
  return () => {
    const value = values[i++ % values.length]
    if (value === undefined) throw new Error('bench: nothing to verify')
    return value
  }
}

function cut(token: string) {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const input = Buffer.from(token.slice(0, header.length + 1 + payload.length))
  return { header, payload, input, raw: Buffer.from(signature, 'base64url') }
}

function jsonOf(part: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
  return isRecord(value) ? value : {}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** The uncompressed point of a secp256k1 key. */
function pointOf(key: KeyObject): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
}
