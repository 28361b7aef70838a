import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signPresentation, type PresentationRequest } from '../../../sdk/formats/presentation.ts'
import { signJwtVcJson } from '../../../sdk/formats/jwt-vc-json.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import type { CheckName, Report } from '../../../sdk/model/report.ts'
import type { PresentationInput } from '../../../sdk/verify/verify-presentation.ts'
import { newParty, type Party } from '../../support/issuer.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

const challenge = 'c-1'
const domain = 'did:web:employer.example'

let world: World
let college: College
let ada: Party
let now: number
let good: readonly [AnchoredCredential, AnchoredCredential]
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer')
  ada = newParty()
  const texts = [(await world.issue(college, ada)).text, (await world.issue(college, ada)).text]
  good = (await world.anchor(texts)) as [AnchoredCredential, AnchoredCredential]
})
beforeEach(async () => {
  now = await world.time()
})
afterAll(() => world.stop())

const signed = (change: Partial<PresentationRequest> = {}, by = ada) =>
  signPresentation(
    'vp+jwt',
    {
      holder: by.did,
      credentials: good.map(({ credential }) => credential),
      challenge,
      domain,
      signedAt: now,
      expiresAt: now + 300,
      ...change,
    },
    by.signer,
  )

const verify = async (presentation: string, change: Partial<PresentationInput> = {}, later = 0) =>
  (await world.verifier({ later })).verifyPresentation({
    presentation,
    challenge,
    domain,
    receipts: good.map(({ receipt }) => receipt),
    ...change,
  })

const codeOf = (report: Report | undefined, name: CheckName) =>
  report?.checks.find((check) => check.name === name)?.code

describe('a good presentation', () => {
  test('is valid with all that is in it, and names its holder', async () => {
    const report = await verify(await signed())
    expect(report).toMatchObject({
      verdict: 'valid',
      holder: ada.did,
      presentation: { verdict: 'valid' },
      credentials: [{ verdict: 'valid' }, { verdict: 'valid' }],
    })
    expect(codeOf(report.credentials[0], 'holder')).toBe('HOLDER_PROVEN')
  })

  test('finds the receipt of each credential, in any order', async () => {
    const receipts = good.map(({ receipt }) => receipt).toReversed()
    expect((await verify(await signed(), { receipts })).verdict).toBe('valid')
  })

  test('may be empty', async () => {
    expect(await verify(await signed({ credentials: [] }))).toMatchObject({
      verdict: 'valid',
      credentials: [],
    })
  })

  test('may be a jwt_vp_json', async () => {
    const { credential, signedAt } = await world.certificate(college, ada)
    const token = await signJwtVcJson(credential, college.signer, { signedAt })
    const [anchored] = await world.anchor([token], { format: 'jwt_vc_json' })
    const presentation = await signPresentation(
      'jwt_vp_json',
      {
        holder: ada.did,
        credentials: [token],
        challenge,
        domain,
        signedAt: now,
        expiresAt: now + 300,
      },
      ada.signer,
    )
    const report = await verify(presentation, { receipts: [anchored!.receipt] })
    expect(report.verdict).toBe('valid')
  })
})

describe('a presentation', () => {
  test.each<[string, string, CheckName, Partial<PresentationInput>]>([
    ['made for another request', 'CHALLENGE_MISMATCH', 'holder', { challenge: 'c-2' }],
    ['made for another verifier', 'DOMAIN_MISMATCH', 'holder', { domain: 'did:web:other.example' }],
  ])('%s fails, with all that is in it', async (_, code, name, change) => {
    const report = await verify(await signed(), change)
    expect(report.verdict).toBe('invalid')
    expect(codeOf(report.presentation, name)).toBe(code)
    expect(codeOf(report.credentials[0], 'holder')).toBe('PRESENTATION_INVALID')
    const [first] = report.credentials
    const others = first?.checks.filter(({ name }) => name !== 'holder')
    expect(new Set(others?.map(({ code: each }) => each))).toEqual(new Set(['NOT_REACHED']))
    expect(first?.verdict).toBe('invalid')
  })

  test('that names no verifier is not made for us', async () => {
    const [header, payload = ''] = (await signed()).split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
    const input = `${header!}.${Buffer.from(JSON.stringify({ ...claims, aud: undefined })).toString('base64url')}`
    const signature = await ada.signer.sign(new TextEncoder().encode(input))
    const report = await verify(`${input}.${Buffer.from(signature).toString('base64url')}`)
    expect(codeOf(report.presentation, 'holder')).toBe('DOMAIN_MISMATCH')
  })

  test('expires', async () => {
    const presentation = await signed()
    expect((await verify(presentation, {}, 359)).presentation.verdict).toBe('valid')
    expect(codeOf((await verify(presentation, {}, 360)).presentation, 'validity')).toBe('EXPIRED')
  })

  test('is not good before it was signed', async () => {
    const presentation = await signed({ signedAt: now + 1000, expiresAt: now + 2000 })
    expect(codeOf((await verify(presentation)).presentation, 'validity')).toBe('NOT_YET_VALID')
  })

  test('of somebody else’s credentials does not become one’s own', async () => {
    const report = await verify(await signed({}, newParty()))
    expect(report.presentation.verdict).toBe('valid')
    expect(codeOf(report.credentials[0], 'holder')).toBe('HOLDER_MISMATCH')
    expect(report.verdict).toBe('invalid')
  })

  test('signed with a key of the holder that is not meant for it fails', async () => {
    // The college's document lists its key for assertions alone.
    const presentation = await signed({}, { ...ada, ...college })
    expect(codeOf((await verify(presentation)).presentation, 'signature')).toBe('KEY_INVALID')
  })

  test('that was changed fails', async () => {
    const [header, , signature] = (await signed()).split('.')
    const [, payload] = (await signed({ challenge: 'c-2' })).split('.')
    const report = await verify([header, payload, signature].join('.'), { challenge: 'c-2' })
    expect(codeOf(report.presentation, 'signature')).toBe('SIGNATURE_INVALID')
  })

  test('without a challenge proves no holder, but does not fail', async () => {
    const input = { presentation: await signed(), receipts: good.map(({ receipt }) => receipt) }
    const report = await (await world.verifier()).verifyPresentation(input)
    expect(report.verdict).toBe('valid')
    expect(codeOf(report.credentials[0], 'holder')).toBe('HOLDER_UNCHALLENGED')
  })

  test('that cannot be read has a report, too', async () => {
    const report = await verify('no presentation')
    expect(report).toMatchObject({ verdict: 'invalid', credentials: [] })
    expect(report.presentation.checks.map(({ code }) => code)).toEqual([
      'MALFORMED',
      ...Array<string>(4).fill('NOT_REACHED'),
    ])
  })
})

describe('a credential inside', () => {
  test('is judged by itself: one that is bad spoils the whole, not the others', async () => {
    const never = (await world.issue(college, ada)).text
    const report = await verify(await signed({ credentials: [good[0].credential, never] }))
    expect(report.credentials.map(({ verdict }) => verdict)).toEqual(['valid', 'invalid'])
    expect(codeOf(report.credentials[1], 'anchor')).toBe('RECEIPT_MISMATCH')
    expect(report.verdict).toBe('invalid')
  })

  test('without any receipt is not anchored yet', async () => {
    const report = await verify(await signed(), { receipts: [] })
    expect(report.verdict).toBe('undecided')
    expect(codeOf(report.credentials[0], 'anchor')).toBe('ANCHOR_PENDING')
  })
})
