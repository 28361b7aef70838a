import { randomBytes } from 'node:crypto'
import { verifyTypedData, Transaction } from 'ethers'
import { describe, expect, test } from 'vitest'
import { importVerifyKey } from '#crypto'
import { Address } from '#sdk'
import { seal, unseal } from '../../../server/keys/seal.ts'
import { sealedKeys } from '../../../server/keys/keys.ts'

const key = randomBytes(32)
const secret = Buffer.from('a secret')

describe('seal', () => {
  test('opens with the same key and id', () => {
    expect(unseal(key, 'row', seal(key, 'row', secret))).toEqual(secret)
  })

  test('never looks the same twice, and hides the secret', () => {
    const [one, two] = [seal(key, 'row', secret), seal(key, 'row', secret)]
    expect(one).not.toEqual(two)
    expect(Buffer.from(one).includes(secret)).toBe(false)
  })

  test.each([
    ['another key', () => unseal(randomBytes(32), 'row', seal(key, 'row', secret))],
    ['another row', () => unseal(key, 'other', seal(key, 'row', secret))],
    ['a changed byte', () => unseal(key, 'row', flip(seal(key, 'row', secret), -1))],
    ['a changed tag', () => unseal(key, 'row', flip(seal(key, 'row', secret), 13))],
    ['another version', () => unseal(key, 'row', flip(seal(key, 'row', secret), 0))],
    ['nothing', () => unseal(key, 'row', new Uint8Array())],
    ['a cut tag', () => unseal(key, 'row', seal(key, 'row', secret).subarray(0, 20))],
  ])('does not open with %s', (_, open) => {
    expect(open).toThrow(expect.objectContaining({ code: 'KEY_SEALED' }))
  })
})

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy.set([(copy.at(at) ?? 0) ^ 1], at === -1 ? copy.length - 1 : at)
  return copy
}

describe('sealedKeys', () => {
  const keys = sealedKeys(key)

  test.each(['ES256', 'EdDSA'] as const)('signs with a new %s key', async (algorithm) => {
    const made = await keys.makeSigningKey(algorithm)
    const signer = await keys.signer(made, 'did:web:example.test#1')
    const signature = await signer.sign(secret)
    expect(signer).toMatchObject({ algorithm, kid: 'did:web:example.test#1' })
    expect(await importVerifyKey(made.publicJwk).verify(secret, signature)).toBe(true)
  })

  test('opens a key again in another process with the same LIVRET_KEY only', async () => {
    const made = await keys.makeSigningKey('ES256')
    const signer = await sealedKeys(key).signer(made, 'did:web:example.test#1')
    const signature = await signer.sign(secret)
    expect(await importVerifyKey(made.publicJwk).verify(secret, signature)).toBe(true)
    await expect(sealedKeys(randomBytes(32)).signer(made, 'x')).rejects.toThrow(
      expect.objectContaining({ code: 'KEY_SEALED' }),
    )
  })

  test('signs transactions and messages with a new account', async () => {
    const made = await keys.makeAccount()
    const account = await keys.account(made)
    expect(account.address).toBe(made.address)

    const { raw, hash } = await account.signTransaction({
      chainId: 31_337,
      to: Address.parse(`0x${'11'.repeat(20)}`),
      data: '0x12',
      nonce: 3,
      gasLimit: 21_000n,
      maxFeePerGas: 2n,
      maxPriorityFeePerGas: 1n,
    })
    const signed = Transaction.from(raw)
    expect(signed.from?.toLowerCase()).toBe(made.address)
    expect(signed).toMatchObject({ hash, nonce: 3, chainId: 31_337n, type: 2 })

    const types = { Hello: [{ name: 'text', type: 'string' }] }
    const signature = await account.signTypedData({ name: 'Livret' }, types, { text: 'hi' })
    const by = verifyTypedData({ name: 'Livret' }, types, { text: 'hi' }, signature)
    expect(by.toLowerCase()).toBe(made.address)
  })
})
