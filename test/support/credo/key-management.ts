import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import type { AgentContext, Kms } from '@credo-ts/core'

/** Credo's keys in memory, on node:crypto: P-256 alone, which is all that the flows need. */
export class MemoryKeys implements Kms.KeyManagementService {
  readonly backend = 'memory'
  readonly #keys = new Map<string, KeyObject>()

  isOperationSupported(_context: AgentContext, operation: Kms.KmsOperation): boolean {
    const { operation: name } = operation
    if (name === 'createKey') return operation.type.kty === 'EC' && operation.type.crv === 'P-256'
    if (name === 'sign' || name === 'verify') return operation.algorithm === 'ES256'
    if (name === 'encrypt') return operation.keyAgreement?.algorithm === 'ECDH-ES'
    return name !== 'decrypt'
  }

  getPublicKey(_context: AgentContext, keyId: string): Promise<Kms.KmsJwkPublic | null> {
    const key = this.#keys.get(keyId)
    return Promise.resolve(key === undefined ? null : publicJwk(key, keyId))
  }

  createKey<Type extends Kms.KmsCreateKeyType>(
    _context: AgentContext,
    { keyId = randomUUID() }: Kms.KmsCreateKeyOptions<Type>,
  ): Promise<Kms.KmsCreateKeyReturn<Type>> {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#keys.set(keyId, privateKey)
    const created = { keyId, publicJwk: publicJwk(privateKey, keyId) }
    return Promise.resolve(created as unknown as Kms.KmsCreateKeyReturn<Type>)
  }

  importKey<Jwk extends Kms.KmsJwkPrivate>(
    _context: AgentContext,
    { privateJwk }: Kms.KmsImportKeyOptions<Jwk>,
  ): Promise<Kms.KmsImportKeyReturn<Jwk>> {
    const keyId = privateJwk.kid ?? randomUUID()
    const key = createPrivateKey({ key: privateJwk as unknown as JsonWebKey, format: 'jwk' })
    this.#keys.set(keyId, key)
    const imported = { keyId, publicJwk: publicJwk(key, keyId) }
    return Promise.resolve(imported as unknown as Kms.KmsImportKeyReturn<Jwk>)
  }

  deleteKey(_context: AgentContext, { keyId }: Kms.KmsDeleteKeyOptions): Promise<boolean> {
    return Promise.resolve(this.#keys.delete(keyId))
  }

  sign(_context: AgentContext, { keyId, data }: Kms.KmsSignOptions): Promise<Kms.KmsSignReturn> {
    const signature = sign('sha256', data, { key: this.#key(keyId), dsaEncoding: 'ieee-p1363' })
    return Promise.resolve({ signature: new Uint8Array(signature) })
  }

  verify(
    _context: AgentContext,
    { key, data, signature }: Kms.KmsVerifyOptions,
  ): Promise<Kms.KmsVerifyReturn> {
    const jwk = key.publicJwk ?? publicJwk(this.#key(key.keyId), key.keyId)
    const verifier = createPublicKey({ key: jwk as unknown as JsonWebKey, format: 'jwk' })
    const isGood = verify('sha256', data, { key: verifier, dsaEncoding: 'ieee-p1363' }, signature)
    return Promise.resolve(isGood ? { verified: true, publicJwk: jwk } : { verified: false })
  }

  /** ECDH-ES with AES-GCM (RFC 7518 sections 4.6 and 5.3). */
  encrypt(
    _context: AgentContext,
    { key, data, encryption }: Kms.KmsEncryptOptions,
  ): Promise<Kms.KmsEncryptReturn> {
    const agreement = key.keyAgreement
    const isKnown = encryption.algorithm === 'A128GCM' || encryption.algorithm === 'A256GCM'
    if (agreement?.algorithm !== 'ECDH-ES' || !isKnown) throw new Error('not supported')
    const { keyId, externalPublicJwk, apu, apv } = agreement
    const secret = diffieHellman({
      privateKey: this.#key(keyId),
      publicKey: createPublicKey({ key: externalPublicJwk as JsonWebKey, format: 'jwk' }),
    })
    const bits = encryption.algorithm === 'A128GCM' ? 128 : 256
    const parts = [Buffer.from(encryption.algorithm), apu ?? Buffer.of(), apv ?? Buffer.of()]
    const info = parts.flatMap((part) => [uint32(part.length), Buffer.from(part)])
    const derived = createHash('sha256')
      .update(Buffer.concat([uint32(1), secret, ...info, uint32(bits)]))
      .digest()
      .subarray(0, bits / 8)
    const iv = randomBytes(12)
    const cipher = createCipheriv(bits === 128 ? 'aes-128-gcm' : 'aes-256-gcm', derived, iv)
    if (encryption.aad !== undefined) cipher.setAAD(encryption.aad)
    const encrypted = Buffer.concat([cipher.update(data), cipher.final()])
    return Promise.resolve({
      encrypted: new Uint8Array(encrypted),
      iv: new Uint8Array(iv),
      tag: new Uint8Array(cipher.getAuthTag()),
    })
  }

  decrypt(): Promise<Kms.KmsDecryptReturn> {
    throw new Error('not supported')
  }

  randomBytes(_context: AgentContext, { length }: Kms.KmsRandomBytesOptions) {
    return new Uint8Array(randomBytes(length))
  }

  #key(keyId: string): KeyObject {
    const key = this.#keys.get(keyId)
    if (key === undefined) throw new Error(`no key ${keyId}`)
    return key
  }
}

function publicJwk(key: KeyObject, kid: string): Kms.KmsJwkPublic {
  const jwk = createPublicKey(key).export({ format: 'jwk' })
  return { ...jwk, kid } as unknown as Kms.KmsJwkPublic
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
