import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signLdpVc } from '../../../sdk/formats/ldp-vc.ts'
import { signLdpPresentation } from '../../../sdk/formats/presentation/ldp.ts'
import type { SignatureTimes } from '../../../sdk/formats/vc-jwt.ts'
import type { AnchoredCredential } from '../../../sdk/model/receipt.ts'
import { newKeyParty, verifiesCredential } from '../../support/digital-bazaar.ts'
import { newParty } from '../../support/issuer.ts'
import { failures, openQuestions } from '../../support/reports.ts'
import { startWorld, type College, type World } from '../../support/world.ts'

const holder = { ...newParty(), ...newKeyParty() }

let world: World
let college: College
let good: AnchoredCredential
beforeAll(async () => {
  world = await startWorld()
  college = await world.accreditedCollege('mer', 'TrainingCertificate', 'issuer', 'EdDSA')
  good = await anchored(await issue())
})
afterAll(() => world.stop())

/** A certificate of the college, with its proof in it. */
async function issue(change: object = {}, times: SignatureTimes = {}): Promise<string> {
  const { credential, signedAt } = await world.certificate(college, holder, change)
  return signLdpVc(credential, college.signer, { signedAt, ...times })
}

async function anchored(text: string): Promise<AnchoredCredential> {
  const [first] = await world.anchor([text], { format: 'ldp_vc', issuerKey: college.publicJwk })
  return first!
}

const verify = async (input: string | AnchoredCredential, policy: object = {}) =>
  (await world.verifier({ policy })).verifyCredential(input)

describe('an ldp_vc', () => {
  test('that is anchored is valid, handed over in either way', async () => {
    expect(await verify(good)).toMatchObject({ verdict: 'valid', format: 'ldp_vc' })
    expect(await verify(JSON.stringify(good))).toMatchObject({ verdict: 'valid' })
  })

  test('may be written otherwise, since its proof covers what it says', async () => {
    const members = Object.entries(JSON.parse(good.credential) as object).reverse()
    const credential = JSON.stringify(Object.fromEntries(members), undefined, 2)
    expect(await verify({ ...good, credential })).toMatchObject({ verdict: 'valid' })
  })

  test('without its receipt is pending', async () => {
    expect(openQuestions(await verify(good.credential))).toEqual(['ANCHOR_PENDING'])
  })

  test('that was changed is neither signed nor anchored', async () => {
    const credential = good.credential.replace('Soudure, niveau 2', 'Soudure, niveau 5')
    expect(failures(await verify({ ...good, credential }))).toEqual([
      'SIGNATURE_INVALID',
      'RECEIPT_MISMATCH',
    ])
  })

  test('that was signed anew is another credential than the anchored one', async () => {
    const { proof, ...credential } = JSON.parse(good.credential) as { proof: unknown }
    expect(proof).toBeDefined()
    const text = await signLdpVc(credential as never, college.signer, { signedAt: 1_770_000_000 })
    expect(failures(await verify({ ...good, credential: text }))).toEqual(['RECEIPT_MISMATCH'])
  })

  test('has the receipt of no other format', async () => {
    const receipt = { ...good.receipt, format: 'vc+jwt' } as const
    expect(failures(await verify({ ...good, receipt }))).toContain('RECEIPT_MISMATCH')
  })

  const unanchored = { anchorRequired: false }
  test('counts as long as its proof does', async () => {
    const now = await world.time()
    const ended = await issue({}, { expiresAt: now - 3_600 })
    expect(failures(await verify(ended, unanchored))).toEqual(['EXPIRED'])
    const early = await issue({}, { signedAt: now + 3_600 })
    expect(failures(await verify(early, unanchored))).toEqual(['NOT_YET_VALID'])
  })

  test('of another algorithm than the policy accepts fails', async () => {
    const report = await verify(good, { algorithms: ['ES256'] })
    expect(failures(report)).toEqual(['ALGORITHM_NOT_ALLOWED'])
  })

  test('is revoked like any other', async () => {
    const { credential, index } = await world.certificate(college, holder)
    const text = await signLdpVc(credential, college.signer)
    expect(await verifiesCredential(text)).toBeDefined()
    await world.on.revoke(world.place, college, index)
    expect(failures(await verify(text, unanchored))).toEqual(['REVOKED'])
  })
})

describe('an ldp_vp', () => {
  const domain = 'https://employer.example'
  async function present(credentials: readonly string[], asked: object = {}) {
    const now = await world.time()
    const request = {
      holder: holder.did,
      challenge: 'c-1',
      domain,
      signedAt: now,
      expiresAt: now + 300,
    }
    const presentation = await signLdpPresentation({ ...request, credentials }, holder.signer)
    const verifier = await world.verifier()
    const receipts = [{ ...good.receipt, salt: `0x${'0'.repeat(64)}` as never }, good.receipt]
    return verifier.verifyPresentation({
      presentation,
      challenge: 'c-1',
      domain,
      receipts,
      ...asked,
    })
  }

  test('shows its holder’s credential, whose receipt is found by its digest', async () => {
    const report = await present([good.credential])
    expect(report).toMatchObject({ verdict: 'valid', holder: holder.did })
    const codes = [report.presentation, ...report.credentials].flatMap(({ checks }) =>
      checks.map(({ code }) => code),
    )
    expect(codes).toEqual(expect.arrayContaining(['REQUEST_ANSWERED', 'HOLDER_PROVEN', 'ANCHORED']))
  })

  test('shows a token in its envelope', async () => {
    const { text } = await world.issue(college, holder)
    const { presentation, credentials } = await present([text], { receipts: [] })
    expect(presentation.verdict).toBe('valid')
    expect(openQuestions(credentials[0]!)).toEqual(['ANCHOR_PENDING'])
  })

  test.each([
    ['another challenge', { challenge: 'c-2' }, 'CHALLENGE_MISMATCH'],
    ['another domain', { domain: 'https://other.example' }, 'DOMAIN_MISMATCH'],
  ])('for %s fails', async (_, asked, code) => {
    expect(failures((await present([good.credential], asked)).presentation)).toEqual([code])
  })

  test('of somebody else’s credential fails', async () => {
    const other = await world.issue(college, newParty())
    const { credentials } = await present([other.text], { receipts: [] })
    expect(failures(credentials[0]!)).toEqual(['HOLDER_MISMATCH'])
  })
})
