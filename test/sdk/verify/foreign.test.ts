import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSigner } from '../../../sdk/formats/signer.ts'
import { signVcJwt } from '../../../sdk/formats/vc-jwt.ts'
import type { CredentialDocument } from '../../../sdk/model/credential.ts'
import { livretContext } from '../../../sdk/model/contexts.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import { foreignBadge, newPlatform } from '../../support/elsewhere.ts'
import { newParty } from '../../support/issuer.ts'
import { startWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.travel(1)
})
afterAll(() => world.stop())

const platform = newPlatform()
const report = { policy: { foreign: 'report' }, fetchDocument: platform.fetchDocument }
const badge = (change: object = {}) =>
  signVcJwt(foreignBadge(platform.issuer, change), platform.signer)

async function verify(input: string | AnchoredCredential, options: object = report) {
  const { verdict, checks } = await (await world.verifier(options)).verifyCredential(input)
  return { verdict, codes: Object.fromEntries(checks.map(({ name, code }) => [name, code])) }
}

describe('under foreign: report', () => {
  test('everything is looked into but anchor and accreditation, and it is undecided', async () => {
    expect(await verify(await badge())).toEqual({
      verdict: 'undecided',
      codes: {
        decode: 'DECODED',
        format: 'FORMAT_ACCEPTED',
        signature: 'SIGNATURE_VALID',
        validity: 'IN_PERIOD',
        anchor: 'ANCHOR_FOREIGN',
        'issuer-key': 'ISSUER_FOREIGN',
        accreditation: 'ACCREDITATION_FOREIGN',
        status: 'STATUS_NONE',
        holder: 'HOLDER_NOT_PRESENTED',
        schema: 'SCHEMA_MATCHED',
      },
    })
  })

  test.each([
    ['expired', { validUntil: '2011-01-01T00:00:00Z' }, 'EXPIRED'],
    ['not complete', { credentialSubject: { type: ['AchievementSubject'] } }, 'SCHEMA_VIOLATED'],
  ])('what is %s is invalid', async (_, change, code) => {
    const { verdict, codes } = await verify(await badge(change))
    expect(verdict).toBe('invalid')
    expect(Object.values(codes)).toContain(code)
  })

  test.each([
    ['our context', { '@context': [...foreignBadge('x')['@context'], livretContext] }],
    ['a receipt', { receipt: 'https://livret.example/credentials/1/receipt' }],
    [
      'a place on chain',
      { credentialStatus: { type: 'OnChainStatusEntry', id: 'urn:x:1', statusList: '1' } },
    ],
  ])('what claims %s is judged as ours', async (_, change) => {
    const { verdict, codes } = await verify(await badge(change))
    expect([verdict, codes['issuer-key']]).toEqual(['invalid', 'ISSUER_UNKNOWN'])
  })

  test('an issuer that a chain knows is none from elsewhere', async () => {
    const college = await world.accreditedCollege('mer')
    const own = foreignBadge(college.did) as CredentialDocument
    const { verdict, codes } = await verify(await signVcJwt(own, college.signer))
    expect([verdict, codes['anchor']]).toEqual(['invalid', 'ANCHOR_MISSING'])
  })

  test('while a chain is silent, it is judged as ours', async () => {
    const { verdict, codes } = await verify(await badge(), { ...report, sources: [] })
    expect([verdict, codes['issuer-key']]).toEqual(['invalid', 'CHAIN_UNREACHABLE'])
  })

  test('the key of a receipt is not believed: no chain says whose it is', async () => {
    const thief = newParty()
    const forged = await signVcJwt(
      foreignBadge(platform.issuer),
      createSigner(platform.signer.kid, thief.privateJwk),
    )
    const [anchored] = await world.anchor([forged], { issuerKey: thief.publicJwk })
    const { codes } = await verify(anchored!)
    expect(codes).toMatchObject({ signature: 'SIGNATURE_INVALID', anchor: 'ANCHORED' })
  })

  test('another’s receipt is noticed', async () => {
    const [other] = await world.anchor([await badge({ id: 'urn:uuid:1' })])
    const { codes } = await verify({ ...other!, credential: await badge() })
    expect(codes['anchor']).toBe('RECEIPT_MISMATCH')
  })
})

describe('under foreign: refuse, which is the default', () => {
  test('it is invalid for its issuer alone, and nobody is asked for anything', async () => {
    const asked: string[] = []
    const fetchDocument = (url: string) => {
      asked.push(url)
      return platform.fetchDocument(url)
    }
    const { verdict, codes } = await verify(await badge(), { fetchDocument })
    expect([verdict, asked]).toEqual(['invalid', []])
    expect(codes).toMatchObject({
      signature: 'KEY_UNRESOLVED',
      anchor: 'ANCHOR_FOREIGN',
      'issuer-key': 'ISSUER_UNKNOWN',
      accreditation: 'ACCREDITATION_FOREIGN',
    })
  })

  test('its signature is checked where that asks nobody', async () => {
    const issuer = newParty()
    const text = await signVcJwt(foreignBadge(issuer.did), issuer.signer)
    const { verdict, codes } = await verify(text, {})
    expect([verdict, codes['signature']]).toEqual(['invalid', 'SIGNATURE_VALID'])
  })
})
