import { describe, expect, test } from 'vitest'
import { documentOfDidPkh } from '../../../sdk/did/did-pkh.ts'
import { createDidResolver } from '../../../sdk/did/resolver.ts'
import { findVerificationKey } from '../../../sdk/did/verification-key.ts'
import { Did } from '../../../sdk/model/primitives.ts'

const account = 'eip155:137:0x4e90e8a8191c1c23a24a598c3ab4fb47ce926ff5'
const did = Did.parse(`did:pkh:${account}`)

describe('did:pkh', () => {
  test('names the account', async () => {
    const id = `${did}#blockchainAccountId`
    expect(await createDidResolver().resolve(did)).toEqual({
      id: did,
      verificationMethod: [
        {
          ...{ id, type: 'EcdsaSecp256k1RecoveryMethod2020' },
          ...{ controller: did, blockchainAccountId: account },
        },
      ],
      assertionMethod: [id],
      authentication: [id],
    })
  })

  test('gives no key to verify with, and says why', async () => {
    const kid = `${did}#blockchainAccountId`
    const finding = findVerificationKey(createDidResolver(), kid, did, 'authentication')
    await expect(finding).rejects.toMatchObject({
      code: 'DID_INVALID',
      facts: { reason: 'it names an account of a chain, and no key' },
    })
  })

  test.each([
    'did:pkh:bip122:000000000019d6689c085ae165831e93:128Lkh3S7CkDTBZ8W7BbpsN3YYizJMp8p6',
    'did:pkh:eip155:0:0x4e90e8a8191c1c23a24a598c3ab4fb47ce926ff5',
    'did:pkh:eip155:1:0x4e90',
    'did:pkh:eip155:0x4e90e8a8191c1c23a24a598c3ab4fb47ce926ff5',
  ])('knows nothing of %s', (other) => {
    expect(documentOfDidPkh(other)).toBeUndefined()
  })
})
