import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { RegistryError } from '#sdk'

const cipher = 'aes-256-gcm'
const version = 1
const nonceBytes = 12
const tagBytes = 16

/**
 * Encrypts a secret with AES-256-GCM (NIST SP 800-38D): version || nonce || tag || ciphertext.
 *
 * @param key 32 bytes.
 * @param id Of the row that will hold it; sealed secrets that were swapped between rows do not open.
 */
export function seal(key: Uint8Array, id: string, secret: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  const encrypt = createCipheriv(cipher, key, nonce).setAAD(additionalData(id))
  const text = Buffer.concat([encrypt.update(secret), encrypt.final()])
  return Buffer.concat([Uint8Array.of(version), nonce, encrypt.getAuthTag(), text])
}

/** Opens what {@link seal} made. Throws KEY_SEALED for another key, another id, or changed bytes. */
export function unseal(key: Uint8Array, id: string, sealed: Uint8Array): Uint8Array {
  const nonce = sealed.subarray(1, 1 + nonceBytes)
  const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes)
  const text = sealed.subarray(1 + nonceBytes + tagBytes)
  if (sealed[0] !== version || tag.length !== tagBytes)
    throw new RegistryError('KEY_SEALED', { key: id })
  try {
    const decrypt = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
    decrypt.setAAD(additionalData(id)).setAuthTag(tag)
    return Buffer.concat([decrypt.update(text), decrypt.final()])
  } catch (cause) {
    throw new RegistryError('KEY_SEALED', { key: id }, { cause })
  }
}

function additionalData(id: string): Uint8Array {
  return Buffer.from(`livret:key:v${version}:${id}`)
}
