import { describe, expect, test } from 'vitest'
import { decodeCredential } from '../../../../sdk/formats/decode.ts'
import { signVcJwt } from '../../../../sdk/formats/vc-jwt.ts'
import { credentialsV2 } from '../../../../sdk/model/credential.ts'
import { checkSchema } from '../../../../sdk/verify/checks/schema.ts'
import { newParty, plainCredential } from '../../../support/issuer.ts'

const issuer = newParty()

const check = async (change: object) =>
  checkSchema({
    decoded: decodeCredential(await signVcJwt(plainCredential(issuer.did, change), issuer.signer)),
  })

describe('checkSchema, for what is no Open Badge', () => {
  test('says that there is no model to compare with', async () => {
    const { code, facts } = await check({ credentialSchema: { id: 'u:1', type: 'JsonSchema' } })
    expect({ code, facts }).toEqual({
      code: 'SCHEMA_NOT_CHECKED',
      facts: { types: ['JsonSchema'] },
    })
  })

  test('names contexts whose terms are not known here', async () => {
    const contexts = [credentialsV2, 'https://a.example/v1']
    const { code, facts } = await check({ '@context': contexts })
    expect({ code, facts }).toEqual({
      code: 'CONTEXT_UNKNOWN',
      facts: { contexts: ['https://a.example/v1'] },
    })
  })
})
