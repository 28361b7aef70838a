import { judgeAccreditation, Scope } from '#sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEnd, sponsorOn, type Grant, type Sponsor } from '../../../scripts/authority/sponsor.ts'
import { openDesk, type Desk, type DeskIssuer } from '../../support/desk.ts'

let desk: Desk
let authority: Sponsor
const scope = Scope.parse('TrainingCertificate/RNCP34079')

beforeAll(async () => {
  desk = await openDesk({ settle: () => desk.mine(2) })
  authority = sponsorOn(desk.chain, desk.authority)
})
afterAll(() => desk.close())

const attesting = ({ account }: DeskIssuer): Grant => ({
  subject: account.address,
  right: 'attest',
  scope,
})

async function judge({ subject, right }: Grant, later = 0) {
  const view = await desk.chain.latest.view()
  return judgeAccreditation(view, subject, right, scope, view.block.timestamp + later)
}

/** Somebody to whom the authority has handed on the right to accredit below `over`. */
async function newAccreditor(over: string): Promise<Sponsor> {
  const account = await desk.keys.account(await desk.keys.makeAccount())
  await desk.fund(account.address)
  const grant = { subject: account.address, right: 'accredit', scope: Scope.parse(over) } as const
  await authority.accredit(grant, openEnd)
  return sponsorOn(desk.chain, account)
}

describe('the authority', () => {
  test('accredits and confirms an issuer, once', async () => {
    const issuer = await desk.newIssuer()
    const grant = attesting(issuer)
    expect(await authority.accredit(grant, openEnd)).toBe('done')
    expect(await authority.confirm(issuer.did, grant)).toBe('done')
    expect(await judge(grant)).toMatchObject({ accredited: true })

    const nonce = await desk.chain.client.nonceOf(desk.authority.address)
    expect(await authority.accredit(grant, openEnd)).toBe('already')
    expect(await authority.confirm(issuer.did, grant)).toBe('already')
    expect(await desk.chain.client.nonceOf(desk.authority.address)).toBe(nonce)
    expect(await desk.settle()).toBe('settled')
  })

  test('accredits again for longer, not for shorter', async () => {
    const grant = attesting(await desk.newIssuer())
    const { block } = await desk.chain.latest.view()
    expect(await authority.accredit(grant, block.timestamp + 1_000)).toBe('done')
    expect(await authority.accredit(grant, block.timestamp + 500)).toBe('already')
    expect(await authority.accredit(grant, block.timestamp + 2_000)).toBe('done')
    expect(await judge(grant, 1_500)).toMatchObject({ accredited: true })
  })

  test('withdraws what it gave from a time on', async () => {
    const grant = attesting(await desk.newIssuer())
    await authority.accredit(grant, openEnd)
    const { block } = await desk.chain.latest.view()
    expect(await authority.withdraw(grant, block.timestamp + 100)).toBe('done')
    expect(await judge(grant)).toMatchObject({ accredited: true })
    expect(await judge(grant, 200)).toMatchObject({ accredited: false, reason: 'withdrawn' })
  })

  test('annuls what it gave; there is nothing to annul twice', async () => {
    const grant = attesting(await desk.newIssuer())
    expect(await authority.annul(grant, 'fraud')).toBe('already')
    await authority.accredit(grant, openEnd)
    expect(await authority.annul(grant, 'fraud')).toBe('done')
    expect(await judge(grant)).toMatchObject({ accredited: false, reason: 'annulled' })
    expect(await authority.annul(grant, 'fraud')).toBe('already')
  })
})

describe('an accreditor', () => {
  test('accredits and confirms below its own scope', async () => {
    const accreditor = await newAccreditor('TrainingCertificate')
    const issuer = await desk.newIssuer()
    const grant = attesting(issuer)
    expect(await accreditor.accredit(grant, openEnd)).toBe('done')
    expect(await accreditor.confirm(issuer.did, grant)).toBe('done')
    const judgement = await judge(grant)
    expect(judgement.accredited && judgement.path).toHaveLength(2)
    await desk.settle()
    const view = await desk.chain.final.view()
    expect(await view.keyOf(issuer.issuerId, issuer.key)).toMatchObject({ compromisedSince: 0 })

    const { block } = await desk.chain.latest.view()
    expect(await accreditor.withdraw(grant, block.timestamp + 10)).toBe('done')
    expect(await judge(grant, 20)).toMatchObject({ reason: 'withdrawn' })
  })

  test('is told so when it may not', async () => {
    const accreditor = await newAccreditor('SkillProfile')
    const grant = attesting(await desk.newIssuer())
    await expect(accreditor.accredit(grant, openEnd)).rejects.toMatchObject({
      code: 'NOT_ACCREDITED',
      facts: { scope },
    })
  })
})
